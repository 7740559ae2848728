import type { AppContext } from '../../context.ts'
import { listComponentGroups } from '../../domain/components/component-groups.ts'
import {
  type ImportedIncident,
  type ImportOutcome,
  importIncident,
} from '../../domain/incidents/import-incident.ts'
import { type ImportedMaintenance, importMaintenance } from '../../domain/maintenance/import-maintenance.ts'
import type { Actor, Tx } from '../../domain/tx.ts'
import { importComponent, importGoneComponents, importGroup, type Mention } from './components.ts'
import { ComponentRecord, IncidentRecord, MaintenanceRecord } from './documents.ts'
import { importPage } from './import-page.ts'
import { toIncident, toMaintenance } from './records.ts'
import { emptyReport, type ImportReport, type RecordKind, refusalOf, UnusableRecord } from './report.ts'
import type { StatuspageDocuments } from './source.ts'

const IMPORTER: Actor = { kind: 'import', id: null, name: 'Statuspage import' }

/**
 * Imports a page. Every record is a transaction of its own, so that a bad one is reported and the rest are stored; a
 * second run finds what is here already. Nobody is told of anything imported.
 */
export async function importStatuspage(
  ctx: Pick<AppContext, 'write' | 'read'>,
  documents: StatuspageDocuments,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<ImportReport> {
  const report = emptyReport()
  const total = documents.components.length + documents.incidents.length + documents.maintenances.length
  let done = 0
  const seen = new Set<string>()
  const take = async (kind: RecordKind, id: string, work: (tx: Tx) => Promise<ImportOutcome>) => {
    try {
      if (seen.has(`${kind} ${id}`)) throw new UnusableRecord('It is there twice; the first one was taken.')
      seen.add(`${kind} ${id}`)
      report.counts[kind][await ctx.write(IMPORTER, work)] += 1
    } catch (error) {
      report.refused.push({ kind, id, sentence: refusalOf(error) })
    }
    done += 1
    onProgress(done, total)
  }
  const refuse = (kind: RecordKind) => (raw: unknown, error: unknown) => {
    report.refused.push({ kind, id: idOf(raw), sentence: refusalOf(error) })
    done += 1
    onProgress(done, total)
  }

  report.page = await ctx.write(IMPORTER, (tx) => importPage(tx, documents.page))

  const rows = readAll(documents.components, (raw) => ComponentRecord.parse(raw), refuse('component'))
  for (const row of rows.filter((one) => one.group)) await take('group', row.id, (tx) => importGroup(tx, row))
  const groups = new Set((await listComponentGroups(ctx.read)).map((group) => group.id))
  for (const row of rows.filter((one) => !one.group)) {
    await take('component', row.id, (tx) => importComponent(tx, row, groupOf(row, rows, groups)))
  }

  const incidents = readAll(
    documents.incidents,
    (raw) => toIncident(IncidentRecord.parse(raw), groups),
    refuse('incident'),
  )
  for (const incident of incidents.toSorted((a, b) => a.createdAt - b.createdAt)) {
    await take('incident', incident.id, async (tx) => {
      const gone = await importGoneComponents(tx, mentionsIn(incident))
      const outcome = await importIncident(tx, incident)
      report.goneComponents.push(...gone)
      return outcome
    })
  }

  const maintenances = readAll(
    documents.maintenances,
    (raw) => toMaintenance(MaintenanceRecord.parse(raw), groups),
    refuse('maintenance'),
  )
  for (const maintenance of maintenances.toSorted((a, b) => a.createdAt - b.createdAt)) {
    await take('maintenance', maintenance.id, async (tx) => {
      const gone = await importGoneComponents(tx, mentionsIn(maintenance))
      const outcome = await importMaintenance(tx, maintenance)
      report.goneComponents.push(...gone)
      return outcome
    })
  }
  return report
}

function readAll<Record>(
  raws: unknown[],
  read: (raw: unknown) => Record,
  refuse: (raw: unknown, error: unknown) => void,
): Record[] {
  return raws.flatMap((raw) => {
    try {
      return [read(raw)]
    } catch (error) {
      refuse(raw, error)
      return []
    }
  })
}

function idOf(raw: unknown): string {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined
  return typeof id === 'string' ? id : 'without an id'
}

/** A component names its group, or its group names it; one whose group is not there stands alone. */
function groupOf(row: ComponentRecord, rows: ComponentRecord[], groups: ReadonlySet<string>): string | null {
  const id = row.group_id ?? rows.find((one) => one.group && one.components?.includes(row.id))?.id
  return id !== undefined && groups.has(id) ? id : null
}

/** Every component that a happening names, once, as it was named first. */
function mentionsIn(happening: ImportedIncident | ImportedMaintenance): Mention[] {
  const mentions = new Map<string, Mention>()
  const add = (id: string, name: string, at: number) => {
    if (!mentions.has(id)) mentions.set(id, { id, name, at })
  }
  for (const { components, createdAt } of happening.updates.toSorted((a, b) => a.createdAt - b.createdAt)) {
    for (const { componentId, name } of components) add(componentId, name, createdAt)
  }
  return [...mentions.values()]
}
