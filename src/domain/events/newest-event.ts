import { DomainError } from '../../errors.ts'
import { type Instant, toIso } from '../../lib/instant.ts'
import type { Reader } from '../tx.ts'
import { listEvents, notOfKind } from './list-events.ts'

/** The newest event of all; undefined as long as nothing is recorded. */
export async function findNewestEvent(reader: Reader): Promise<{ id: number; at: Instant } | undefined> {
  return reader.selectFrom('event').select(['id', 'at']).orderBy('id', 'desc').limit(1).executeTakeFirst()
}

/** That somebody signs in or out is on record of them, and is no change of them. */
const NO_CHANGE = 'session'

/** The version of each thing: the id of the newest event that changed it. What nothing is recorded of has none. */
export async function readVersions(
  reader: Reader,
  subjectIds: readonly string[],
): Promise<Map<string, number>> {
  if (subjectIds.length === 0) return new Map()
  const rows = await reader
    .selectFrom('event')
    .select((eb) => ['subject_id', eb.fn.max('id').as('version')])
    .where('subject_id', 'in', subjectIds)
    .where(notOfKind(NO_CHANGE))
    .groupBy('subject_id')
    .execute()
  return new Map(rows.map(({ subject_id, version }) => [subject_id, version]))
}

/**
 * For a change that was decided upon looking at one version of a thing.
 * @throws DomainError `conflict` when it has changed since; `current` says by whom, when and to which version
 */
export async function assertUnchangedSince(
  reader: Reader,
  subjectId: string,
  version: number,
): Promise<void> {
  const [newest] = await listEvents(reader, { limit: 1, subjectId, exceptKind: NO_CHANGE })
  if (newest === undefined || newest.id <= version) return
  throw new DomainError('conflict', 'This has changed since you looked at it.', {
    current: { version: newest.id, type: newest.type, by: newest.actor.name, at: toIso(newest.at) },
  })
}
