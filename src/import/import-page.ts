import type { AppContext } from '../context.ts'
import { listComponentGroups } from '../domain/components/component-groups.ts'
import { type ImportedIncident, importIncident } from '../domain/incidents/import-incident.ts'
import { type ImportedMaintenance, importMaintenance } from '../domain/maintenance/import-maintenance.ts'
import type { Reader, Tx } from '../domain/tx.ts'
import type { Instant } from '../lib/instant.ts'
import { importComponent, importGoneComponents, importGroup, type Mention } from './components.ts'
import { type ImportOptions, ImportRun } from './import-run.ts'
import type { ImportedGroup, ImportedPage, Reading } from './imported-page.ts'
import { leftOutSentences } from './left-out.ts'
import { type ImportReport, UnusableRecord } from './report.ts'
import { importSettings } from './settings.ts'

/**
 * Imports a page. Every record is a transaction of its own, so that a bad one is reported and the rest are stored; a
 * second run finds what is here already. Nobody is told of anything imported.
 */
export async function importPage(
  ctx: Pick<AppContext, 'write' | 'read'>,
  page: ImportedPage,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const { groups, components, incidents, maintenances } = page
  const total = groups.length + components.length + incidents.length + maintenances.length
  const run = new ImportRun(ctx, page.system, total, options)
  run.report.notes = [
    ...page.notes,
    ...leftOutSentences({
      group: groups,
      component: components,
      incident: incidents,
      maintenance: maintenances,
    }),
  ]
  run.report.page = await run.write((tx) => importSettings(tx, page.settings))
  await run.take('group', groups, async (tx, group) => ({ outcome: await importGroup(tx, group) }))
  await takeComponents(run, page)
  const known = await groupsOf(page, ctx.read)
  const alone = recordsOf(components).filter(({ groupId }) => groupId !== null && !known.has(groupId))
  if (alone.length > 0)
    run.report.notes.push(
      `In no group, because theirs is not there: ${alone.map(({ name }) => name).join(', ')}.`,
    )
  await takeHappenings(run, page, known)
  return run.report
}

async function takeComponents(run: ImportRun, { components, groups }: ImportedPage): Promise<void> {
  const byId = new Map(recordsOf(groups).map((group) => [group.id, group]))
  await run.take('component', components, async (tx, component) => {
    const group = byId.get(component.groupId ?? '')
    // It has been taken back already.
    if (run.isRehearsal && group !== undefined) await importGroup(tx, group)
    return { outcome: await importComponent(tx, component) }
  })
}

type Happening = ImportedIncident | ImportedMaintenance

async function takeHappenings(
  run: ImportRun,
  page: ImportedPage,
  groups: ReadonlySet<string>,
): Promise<void> {
  const onPage = new Set(recordsOf(page.components).map(({ id }) => id))
  const claimed = new Set<string>()
  /** Adds the components that only this record names; those of the page are missing in a rehearsal alone. */
  const prepare = async (tx: Tx, happening: Happening) => {
    if (run.isRehearsal) claimUpdates(claimed, happening.updates)
    return (await importGoneComponents(tx, mentionsIn(happening))).filter(({ id }) => !onPage.has(id))
  }
  await run.take('incident', byTime(page.incidents), async (tx, record) => {
    const incident = { ...record, updates: withoutGroups(record.updates, groups) }
    const gone = await prepare(tx, incident)
    return { gone, outcome: await importIncident(tx, incident), at: startOf(incident) }
  })
  await run.take('maintenance', byTime(page.maintenances), async (tx, record) => {
    const planned = record.components.filter(({ componentId }) => !groups.has(componentId))
    const maintenance = { ...record, components: planned, updates: withoutGroups(record.updates, groups) }
    const gone = await prepare(tx, maintenance)
    return { gone, outcome: await importMaintenance(tx, maintenance), at: maintenance.scheduledFor }
  })
}

/**
 * In earnest the database says that an id is another's; in a rehearsal that other one has been taken back.
 * @throws UnusableRecord when an earlier record has an update of the same id
 */
function claimUpdates(claimed: Set<string>, updates: Happening['updates']): void {
  const taken = updates.find(({ id }) => claimed.has(id))
  if (taken) throw new UnusableRecord(`The id ${taken.id} is that of another update on this page.`)
  for (const { id } of updates) claimed.add(id)
}

/** Ids that stand for groups, there or here: no update touches these. */
async function groupsOf({ groups }: ImportedPage, reader: Reader): Promise<ReadonlySet<string>> {
  const here: Pick<ImportedGroup, 'id'>[] = await listComponentGroups(reader)
  return new Set([...recordsOf(groups), ...here].map(({ id }) => id))
}

function recordsOf<Record>(readings: Reading<Record>[]): Record[] {
  return readings.flatMap((reading) => ('record' in reading ? [reading.record] : []))
}

function withoutGroups(updates: Happening['updates'], groups: ReadonlySet<string>): Happening['updates'] {
  return updates.map((update) => ({
    ...update,
    components: update.components.filter(({ componentId }) => !groups.has(componentId)),
  }))
}

/** The earliest first, so that components are known by their first name. */
function byTime<One extends Happening>(readings: Reading<One>[]): Reading<One>[] {
  const at = (reading: Reading<One>) => ('record' in reading ? reading.record.createdAt : 0)
  return readings.toSorted((a, b) => at(a) - at(b))
}

function startOf({ updates }: ImportedIncident): Instant {
  return updates.reduce((earliest, { displayAt }) => Math.min(earliest, displayAt), Number.POSITIVE_INFINITY)
}

/** Every component that a happening names, once, as it was named first. */
function mentionsIn(happening: Happening): Mention[] {
  const mentions = new Map<string, Mention>()
  const add = (id: string, name: string, at: Instant) => {
    if (!mentions.has(id)) mentions.set(id, { id, name, at })
  }
  for (const { components, createdAt } of happening.updates.toSorted((a, b) => a.createdAt - b.createdAt)) {
    for (const { componentId, name } of components) add(componentId, name, createdAt)
  }
  if ('scheduledFor' in happening)
    for (const { componentId, name } of happening.components) add(componentId, name, happening.createdAt)
  return [...mentions.values()]
}
