import {
  createComponentGroup,
  findComponentGroup,
  updateComponentGroup,
} from '../domain/components/component-groups.ts'
import {
  archiveComponent,
  createComponent,
  findComponent,
  updateComponent,
} from '../domain/components/components.ts'
import { listEvents } from '../domain/events/list-events.ts'
import type { ImportOutcome } from '../domain/incidents/import-incident.ts'
import type { Tx } from '../domain/tx.ts'
import type { Instant } from '../lib/instant.ts'
import type { ImportedComponent, ImportedGroup } from './imported-page.ts'

/** Stores a group, or brings it up to date. One that was deleted here stays deleted. */
export async function importGroup(tx: Tx, record: ImportedGroup): Promise<ImportOutcome> {
  const group = { name: record.name, description: record.description, ...position(record) }
  const before = await findComponentGroup(tx.db, record.id)
  if (before === undefined) {
    const [last] = await listEvents(tx.db, { limit: 1, subjectId: record.id })
    if (last?.type === 'component_group.deleted') return 'unchanged'
    await createComponentGroup(tx, group, idAndTimes(record))
    return 'new'
  }
  if (!(await isNewer(tx, record)) || sameValues(group, before)) return 'unchanged'
  await updateComponentGroup(tx, before.id, group)
  return 'brought-up-to-date'
}

/** Stores a component, or brings it up to date; in its group where that one is here. */
export async function importComponent(tx: Tx, record: ImportedComponent): Promise<ImportOutcome> {
  const { groupId } = record
  const component = {
    name: record.name,
    description: record.description,
    group_id: groupId !== null && (await findComponentGroup(tx.db, groupId)) ? groupId : null,
    start_date: record.startOn,
    showcase: record.showcase,
    only_show_if_degraded: record.onlyShowIfDegraded,
    ...position(record),
  }
  const before = await findComponent(tx.db, record.id)
  if (before === undefined) {
    await createComponent(tx, component, idAndTimes(record))
    return 'new'
  }
  const stored = {
    ...before,
    group_id: before.groupId,
    start_date: before.startOn,
    only_show_if_degraded: before.onlyShowIfDegraded,
  }
  if (!(await isNewer(tx, record)) || sameValues(component, stored)) return 'unchanged'
  await updateComponent(tx, before.id, component)
  return 'brought-up-to-date'
}

/** A component as a past happening names it, and when that was. */
export interface Mention {
  id: string
  name: string
  at: Instant
}

/**
 * Stores components that only past happenings name: they are kept off the page, and their past shows.
 * @returns those that were not here
 */
export async function importGoneComponents(tx: Tx, mentions: Mention[]): Promise<Mention[]> {
  const gone: Mention[] = []
  for (const mention of mentions) {
    const { id, name, at } = mention
    if (await findComponent(tx.db, id)) continue
    await createComponent(tx, { name }, { id, createdAt: at, updatedAt: at })
    await archiveComponent(tx, id)
    gone.push(mention)
  }
  return gone
}

/**
 * Whether its source has the say: nobody has changed it here, or the source has later. A newer time there need not be a
 * change of what is stored, for a change of its state brings one too.
 */
async function isNewer(tx: Tx, record: ImportedGroup): Promise<boolean> {
  const [last] = await listEvents(tx.db, { limit: 1, subjectId: record.id })
  if (last === undefined || last.actor.kind === 'import') return true
  return record.updatedAt !== null && record.updatedAt > last.at
}

function sameValues(values: Record<string, unknown>, stored: object): boolean {
  const known = new Map(Object.entries(stored))
  return Object.entries(values).every(([key, value]) => known.get(key) === value)
}

function position(record: ImportedGroup): { position?: number } {
  return record.position === undefined ? {} : { position: record.position }
}

function idAndTimes(record: ImportedGroup): { id: string; createdAt?: Instant; updatedAt?: Instant } {
  return {
    id: record.id,
    ...(record.createdAt !== null && { createdAt: record.createdAt }),
    ...(record.updatedAt !== null && { updatedAt: record.updatedAt }),
  }
}
