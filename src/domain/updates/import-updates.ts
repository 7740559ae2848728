import { DomainError } from '../../errors.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Tx } from '../tx.ts'
import { listUpdatesOf } from './list-updates.ts'
import type { StatusUpdate, StatusUpdateId, Subject, UpdateComponent } from './status-update.ts'
import { insertUpdates, replaceUpdateComponents } from './write-update.ts'

/** An update as another system published it. Nobody is told of it; whether it was announced there is kept as data. */
export interface ImportedUpdate {
  id: StatusUpdateId
  status: string
  body: string
  createdAt: Instant
  displayAt: Instant
  updatedAt: Instant
  deliverNotifications: boolean
  components: UpdateComponent[]
}

/**
 * Stores the updates that are not here yet, in the order they were posted, and corrects those that their source has
 * changed since. What staff have edited here later than the source stays theirs, as do updates they posted and updates
 * that the source no longer has.
 * @returns whether anything was written
 * @throws DomainError `conflict` when an id is that of another subject's update
 */
export async function importUpdates(
  tx: Tx,
  subject: Subject,
  { updates, standInId }: { updates: ImportedUpdate[]; standInId: StatusUpdateId },
): Promise<boolean> {
  const stored = new Map((await listUpdatesOf(tx.db, subject)).map((update) => [update.id, update]))
  await assertIdsAreFree(
    tx,
    updates.map((update) => update.id).filter((id) => !stored.has(id)),
  )
  const isStandInOver = stored.has(standInId) && updates.every((update) => update.id !== standInId)
  const dropped = isStandInOver && (await dropUpdate(tx, standInId))
  const added: ImportedUpdate[] = []
  const corrected: ImportedUpdate[] = []
  for (const update of updates.toSorted(byPosting)) {
    const before = stored.get(update.id)
    if (before === undefined) added.push(update)
    else if (!saysTheSame(before, update) && !wasEditedSince(before, update)) corrected.push(update)
  }
  await insertUpdates(
    tx,
    subject,
    added.map((update) => ({ ...update, authorKind: 'import' })),
  )
  for (const update of corrected) await correctUpdate(tx, update)
  return dropped || added.length + corrected.length > 0
}

async function assertIdsAreFree(tx: Tx, ids: StatusUpdateId[]): Promise<void> {
  // A statement takes a bounded number of values on both engines.
  for (let start = 0; start < ids.length; start += 1_000) {
    const taken = await tx.db
      .selectFrom('status_update')
      .select('id')
      .where('id', 'in', ids.slice(start, start + 1_000))
      .executeTakeFirst()
    if (taken) throw new DomainError('conflict', `The id ${taken.id} is that of another update on this page.`)
  }
}

function byPosting(a: ImportedUpdate, b: ImportedUpdate): number {
  return a.createdAt - b.createdAt || a.displayAt - b.displayAt
}

function saysTheSame(before: StatusUpdate, update: ImportedUpdate): boolean {
  return contentOf(before) === contentOf(update)
}

function contentOf(update: StatusUpdate | ImportedUpdate): string {
  const { status, body, createdAt, displayAt, deliverNotifications } = update
  const components = update.components.map((one) => [one.componentId, one.name, one.oldStatus, one.newStatus])
  return JSON.stringify([status, body, createdAt, displayAt, deliverNotifications, components])
}

function wasEditedSince(before: StatusUpdate, update: ImportedUpdate): boolean {
  return before.editedAt !== null && before.editedAt >= update.updatedAt
}

/**
 * Drops the made-up ending once the source tells its own. One that staff have edited or that is somebody's evidence
 * stays.
 */
async function dropUpdate(tx: Tx, id: StatusUpdateId): Promise<boolean> {
  const isUsed = await tx.db
    .selectFrom('status_update')
    .leftJoin('defect_event', 'defect_event.incident_update_id', 'status_update.id')
    .select('status_update.id')
    .where('status_update.id', '=', id)
    .where((eb) => eb.or([eb('edited_at', 'is not', null), eb('defect_event.id', 'is not', null)]))
    .executeTakeFirst()
  if (isUsed) return false
  await tx.db.deleteFrom('status_update_component').where('update_id', '=', id).execute()
  await tx.db.deleteFrom('status_update').where('id', '=', id).execute()
  return true
}

async function correctUpdate(tx: Tx, update: ImportedUpdate): Promise<void> {
  await tx.db
    .updateTable('status_update')
    .set({
      status: update.status,
      body: update.body,
      created_at: update.createdAt,
      display_at: update.displayAt,
      updated_at: update.updatedAt,
      deliver_notifications: update.deliverNotifications ? 1 : 0,
    })
    .where('id', '=', update.id)
    .execute()
  await replaceUpdateComponents(tx, update.id, update.components)
}
