import { parseRecord } from '../fields.ts'
import { type ImportedPage, type ImportedSettings, readEach } from '../imported-page.ts'
import { leaveOut, noteLeftOut } from '../left-out.ts'
import { ComponentRecord, IncidentRecord, MaintenanceRecord, PageRecord } from './documents.ts'
import { toComponent, toGroup, toIncident, toMaintenance } from './records.ts'
import type { StatuspageDocuments } from './source.ts'

/** A page of the v2 dialect in our terms. In its components, groups stand beside their members. */
export function readPage({
  page,
  components,
  incidents,
  maintenances,
  notes,
}: StatuspageDocuments): ImportedPage {
  const rows = components.map((raw) => ({ raw, row: ComponentRecord.safeParse(raw).data }))
  const known = rows.flatMap(({ row }) => row ?? [])
  const rawOf = (isGroup: boolean) =>
    rows.filter(({ row }) => (row?.group === true) === isGroup).map(({ raw }) => raw)
  const { result: settings, leftOut } = noteLeftOut(() => settingsOf(page))
  return {
    system: 'Statuspage',
    settings,
    groups: readEach(rawOf(true), (raw) => toGroup(parseRecord(ComponentRecord, raw))),
    components: readEach(rawOf(false), (raw) => toComponent(parseRecord(ComponentRecord, raw), known)),
    incidents: readEach(incidents, (raw) => toIncident(parseRecord(IncidentRecord, raw))),
    maintenances: readEach(maintenances, (raw) => toMaintenance(parseRecord(MaintenanceRecord, raw))),
    notes: [...notes, ...leftOut.map((key) => `Not understood and left out: “${key}” of the page.`)],
  }
}

function settingsOf(page: unknown): ImportedSettings {
  const { data } = PageRecord.nullish().safeParse(page)
  if (data === undefined && page !== undefined) leaveOut('page')
  return data ?? {}
}
