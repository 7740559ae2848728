import type { Instant } from '../../lib/instant.ts'
import { getPage } from '../page.ts'
import type { Reader } from '../tx.ts'
import { listEdits, listNewestUpdates } from '../updates/list-updates.ts'
import type { StatusUpdate, StatusUpdateEdit, Subject } from '../updates/status-update.ts'
import type { FeedUpdate, FeedUpdatesView } from './feed-views.ts'
import { readPageView } from './page-view.ts'
import type { Viewpoint } from './viewpoint.ts'

const UPDATES_SHOWN = 100
/** More than are shown, because those of backfilled incidents, which are announced to nobody, fall out. */
const UPDATES_READ = 400

/**
 * The newest updates of the page as they were first posted, under the names that their incidents and maintenances
 * had then: later edits and renamings are for the pages.
 */
export async function readFeedUpdates(reader: Reader, viewpoint: Viewpoint): Promise<FeedUpdatesView> {
  const newest = await listNewestUpdates(reader, UPDATES_READ)
  const names = await readNames(reader, [...new Set(newest.map(({ subject }) => idOf(subject)))])
  const updates = newest.filter(({ subject }) => names.has(idOf(subject))).slice(0, UPDATES_SHOWN)
  const edits = await listEdits(
    reader,
    updates.map(({ id }) => id),
  )
  return {
    page: await readPageView(reader, viewpoint),
    updates: updates.map((update) => asPosted(update, edits.get(update.id) ?? [], names)),
    updatedAt: updates[0]?.createdAt ?? (await getPage(reader)).updatedAt,
  }
}

function asPosted(update: StatusUpdate, edits: StatusUpdateEdit[], names: Names): FeedUpdate {
  const { id, subject, createdAt, components } = update
  const first = edits.at(-1) ?? update
  const subjectId = idOf(subject)
  return {
    id,
    subject: {
      kind: subject.incidentId === undefined ? 'maintenance' : 'incident',
      id: subjectId,
      name: nameAt(names.get(subjectId), createdAt),
    },
    status: first.status as FeedUpdate['status'],
    body: first.body,
    postedAt: createdAt,
    changes: components.filter(({ oldStatus, newStatus }) => oldStatus !== newStatus),
  }
}

/** A present name, and those that went before it until somebody renamed, oldest first. */
interface Naming {
  name: string
  earlier: { name: string; until: Instant }[]
}
type Names = Map<string, Naming>

async function readNames(reader: Reader, ids: string[]): Promise<Names> {
  if (ids.length === 0) return new Map()
  const incidents = await reader
    .selectFrom('incident')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .where('backfilled', '=', 0)
    .execute()
  const maintenances = await reader
    .selectFrom('maintenance')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .execute()
  const names: Names = new Map(
    [...incidents, ...maintenances].map(({ id, name }) => [id, { name, earlier: [] }]),
  )
  const edits = await reader
    .selectFrom('event')
    .select(['subject_id', 'at', 'before'])
    .where('type', 'in', ['incident.edited', 'maintenance.edited'])
    .where('subject_id', 'in', ids)
    .orderBy('id')
    .execute()
  for (const edit of edits) {
    const before: { name?: string } = JSON.parse(edit.before ?? '{}')
    if (before.name !== undefined) {
      names.get(edit.subject_id)?.earlier.push({ name: before.name, until: edit.at })
    }
  }
  return names
}

function nameAt(naming: Naming | undefined, at: Instant): string {
  return naming?.earlier.find(({ until }) => at < until)?.name ?? naming?.name ?? ''
}

function idOf(subject: Subject): string {
  return subject.incidentId ?? subject.maintenanceId
}
