import type { Tx } from '../tx.ts'
import { ACCESS_EVENTS, type EventType } from './event-types.ts'
import { findNewestEvent } from './newest-event.ts'

/** What a change looked like before and after: plain values without secrets. */
export interface Change {
  before?: Record<string, unknown>
  after?: Record<string, unknown>
}

/**
 * Writes one event row, and moves the page's version on to its id where readers may see something of it. Every change
 * worth telling ends here: the row is the audit log and the outbox, the version tells readers that something has changed.
 * Writers stand in line, so that ids are gapless and in commit order.
 */
export async function record(tx: Tx, type: EventType, subjectId: string, change: Change = {}): Promise<void> {
  const before = await findNewestEvent(tx.db)
  const id = (before?.id ?? 0) + 1
  await tx.db
    .insertInto('event')
    .values({
      id,
      type,
      subject_id: subjectId,
      actor_kind: tx.actor.kind,
      actor_id: tx.actor.id,
      actor_name: tx.actor.name,
      // A clock that was set back makes no event earlier than the one before it.
      at: Math.max(tx.now, before?.at ?? 0),
      before: change.before ? JSON.stringify(change.before) : null,
      after: change.after ? JSON.stringify(change.after) : null,
    })
    .execute()
  if (!ACCESS_EVENTS.includes(type)) await tx.db.updateTable('page').set({ version: id }).execute()
}

/** Of a thing as it was, what a change names: the same fields under the same names, so that both can be read side by side. */
export function asChanged(
  before: Record<string, unknown>,
  changes: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(Object.keys(changes).map((name) => [name, before[name] ?? null]))
}
