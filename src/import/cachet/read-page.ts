import { parseRecord } from '../fields.ts'
import { type ImportedPage, readEach } from '../imported-page.ts'
import { UnusableRecord } from '../report.ts'
import { type ComponentsNow, componentStatus, groupKeyOf, toComponent, toGroup } from './components.ts'
import { type ComponentRecord, cachetRecords } from './documents.ts'
import { componentId } from './ids.ts'
import { toIncident } from './incidents.ts'
import { toMaintenance } from './schedules.ts'
import type { CachetDocuments } from './source.ts'

/**
 * A page of Cachet in our terms. What not everybody may see there is left out, also where a token shows it.
 * @param zone of the times, which Cachet writes without one
 */
export function readPage(documents: CachetDocuments, zone: string): ImportedPage {
  const { Group, Component, Incident, Schedule } = cachetRecords(zone)
  const notes = [`Times without a zone were read as those of ${zone}.`]

  const hiddenGroups = new Set(
    documents.groups.flatMap((raw) => {
      const group = Group.safeParse(raw).data
      return group === undefined || group.visible ? [] : [group.id]
    }),
  )
  const isSeen = (component: ComponentRecord) =>
    component.enabled && !hiddenGroups.has(groupKeyOf(component) ?? '')
  const seen = documents.components.filter((raw) => {
    const component = Component.safeParse(raw).data
    return component === undefined || isSeen(component)
  })
  note(
    notes,
    documents.components.length - seen.length,
    'component is',
    'components are',
    'disabled or in a hidden group',
  )
  const groups = documents.groups.filter((raw) => Group.safeParse(raw).data?.visible !== false)
  const incidents = documents.incidents.filter((raw) => Incident.safeParse(raw).data?.visible !== false)
  note(notes, documents.incidents.length - incidents.length, 'incident is', 'incidents are', 'hidden')

  const records = seen.flatMap((raw) => Component.safeParse(raw).data ?? [])
  const now: ComponentsNow = new Map(
    records.map(({ id, name, status }) => [id, { name, statusNow: componentStatus(status, 'status') }]),
  )
  const page: ImportedPage = {
    system: 'Cachet',
    settings: {},
    groups: readEach(groups, (raw) => toGroup(parseRecord(Group, raw))),
    components: readEach(seen, (raw) => toComponent(parseRecord(Component, raw))),
    incidents: readEach(incidents, (raw) => {
      const record = parseRecord(Incident, raw)
      if (record.status === 0) throw new UnusableRecord('It is planned and has no end: schedule it here.')
      return toIncident(record, now)
    }),
    maintenances: readEach(documents.schedules, (raw) => toMaintenance(parseRecord(Schedule, raw), now)),
    notes,
  }
  notes.push(...unexplained(page, now))
  notes.push('Metrics, subscribers, templates, tags and users of Cachet have no counterpart here.')
  return page
}

function note(notes: string[], count: number, one: string, many: string, why: string): void {
  if (count > 0) notes.push(`${count} ${count === 1 ? one : many} ${why} there and left out.`)
}

/** Components that are not well there while no open incident says why: here a component is as its incidents say. */
function unexplained({ incidents }: ImportedPage, now: ComponentsNow): string[] {
  const updates = incidents.flatMap((reading) => ('record' in reading ? reading.record.updates : []))
  const explained = new Set(
    updates.flatMap(({ components }) =>
      components.flatMap((one) => (one.newStatus === 'operational' ? [] : one.componentId)),
    ),
  )
  return [...now]
    .filter(([key, { statusNow }]) => statusNow !== 'operational' && !explained.has(componentId(key)))
    .map(
      ([, { name, statusNow }]) =>
        `${name} is at ${statusNow} there and no open incident says why: here it works.`,
    )
}
