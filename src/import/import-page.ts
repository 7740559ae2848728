import type { AppContext } from '../context.ts'
import { listComponentGroups } from '../domain/components/component-groups.ts'
import {
  type ImportedIncident,
  type ImportOutcome,
  importIncident,
} from '../domain/incidents/import-incident.ts'
import { type ImportedMaintenance, importMaintenance } from '../domain/maintenance/import-maintenance.ts'
import type { Reader, Tx } from '../domain/tx.ts'
import { importComponent, importGoneComponents, importGroup, type Mention } from './components.ts'
import type { ImportedPage, Reading } from './imported-page.ts'
import { emptyReport, type ImportReport, type RecordKind, refusalOf, UnusableRecord } from './report.ts'
import { importSettings } from './settings.ts'

/**
 * Imports a page. Every record is a transaction of its own, so that a bad one is reported and the rest are stored; a
 * second run finds what is here already. Nobody is told of anything imported.
 */
export async function importPage(
  ctx: Pick<AppContext, 'write' | 'read'>,
  page: ImportedPage,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<ImportReport> {
  const report = { ...emptyReport(), notes: page.notes }
  const importer = { kind: 'import', id: null, name: `${page.system} import` } as const
  const { groups, components, incidents, maintenances } = page
  const total = groups.length + components.length + incidents.length + maintenances.length
  let done = 0
  const take = async <Record>(
    kind: RecordKind,
    readings: Reading<Record>[],
    work: (tx: Tx, record: Record, gone: string[]) => Promise<ImportOutcome>,
  ) => {
    const seen = new Set<string>()
    for (const reading of readings) {
      const { id } = reading
      const gone: string[] = []
      try {
        if ('refusal' in reading) throw new UnusableRecord(reading.refusal)
        if (seen.has(id)) throw new UnusableRecord('It is there twice; the first one was taken.')
        seen.add(id)
        report.counts[kind][await ctx.write(importer, (tx) => work(tx, reading.record, gone))] += 1
        report.goneComponents.push(...gone)
      } catch (error) {
        report.refused.push({ kind, id, sentence: refusalOf(error) })
      }
      done += 1
      onProgress(done, total)
    }
  }

  report.page = await ctx.write(importer, (tx) => importSettings(tx, page.settings))
  await take('group', groups, importGroup)
  const groupIds = await groupsOf(page, ctx.read)
  await take('component', components, importComponent)

  await take('incident', byTime(incidents), async (tx, record, gone) => {
    const incident = withoutGroups(record, groupIds)
    gone.push(...(await importGoneComponents(tx, mentionsIn(incident))))
    return importIncident(tx, incident)
  })
  await take('maintenance', byTime(maintenances), async (tx, record, gone) => {
    const { components, ...rest } = withoutGroups(record, groupIds)
    const maintenance = { ...rest, components: components.filter((one) => !groupIds.has(one.componentId)) }
    gone.push(...(await importGoneComponents(tx, mentionsIn(maintenance))))
    return importMaintenance(tx, maintenance)
  })
  return report
}

type Happening = ImportedIncident | ImportedMaintenance

/** Ids that stand for groups, there or here: no update touches these. */
async function groupsOf({ groups }: ImportedPage, reader: Reader): Promise<ReadonlySet<string>> {
  return new Set([...groups, ...(await listComponentGroups(reader))].map(({ id }) => id))
}

function withoutGroups<One extends Happening>(happening: One, groupIds: ReadonlySet<string>): One {
  const updates = happening.updates.map((update) => ({
    ...update,
    components: update.components.filter(({ componentId }) => !groupIds.has(componentId)),
  }))
  return { ...happening, updates }
}

/** The refused first, then the earliest first. */
function byTime<One extends Happening>(readings: Reading<One>[]): Reading<One>[] {
  const at = (reading: Reading<One>) =>
    'record' in reading ? reading.record.createdAt : Number.NEGATIVE_INFINITY
  return readings.toSorted((a, b) => at(a) - at(b) || 0)
}

/** Every component that a happening names, once, as it was named first. */
function mentionsIn(happening: Happening): Mention[] {
  const mentions = new Map<string, Mention>()
  for (const { components, createdAt } of happening.updates.toSorted((a, b) => a.createdAt - b.createdAt)) {
    for (const { componentId, name } of components) {
      if (!mentions.has(componentId)) mentions.set(componentId, { id: componentId, name, at: createdAt })
    }
  }
  return [...mentions.values()]
}
