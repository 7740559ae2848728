import { z } from 'zod'
import { DomainError, invalidField } from '../../../errors.ts'
import { type Id, newId } from '../../../lib/ids.ts'
import type { Instant } from '../../../lib/instant.ts'
import { type DefectId, isConfidential, SEVERITIES } from '../../defects/defect.ts'
import {
  DEFECT_EVENT_TYPES,
  type DefectEvent,
  type DefectEventType,
  SEVERITY_CHANGES,
} from '../../defects/defect-events.ts'
import { getDefect } from '../../defects/defects.ts'
import { record } from '../../events/record.ts'
import type { Tx } from '../../tx.ts'
import { isOpen } from '../engine/goal-state.ts'
import type { DefectPromises } from '../promises.ts'
import { readPromises } from '../read-promises.ts'
import { settleDefects } from '../record/settle.ts'
import { readPins } from '../terms/pins.ts'
import { completionTime } from './completion-time.ts'
import { type CurrentDefect, readCurrent } from './current-defect.ts'
import { assertDeferrable } from './deferrable.ts'
import { pauseTime } from './pause-time.ts'
import { replannedVersion } from './replanned-version.ts'
import { severityStep } from './severity-step.ts'
import { getTellingUpdate } from './telling-update.ts'
import { assertMissExplained } from './told-miss.ts'
import { withdrawnEvent } from './withdrawn-event.ts'

export const NewDefectEvent = z.strictObject({
  type: z.enum(DEFECT_EVENT_TYPES),
  /** When it happened; when left out: the release's publication, or the update's posting, or now. */
  at: z.number().optional(),
  incident_update_id: z.string().optional(),
  release_id: z.string().optional(),
  /** For `deferred`: the day it is deferred to. */
  until: z.iso.date('This is not a date like 2026-12-02.').optional(),
  /** For `severity_changed`: the new one, and why it is another. */
  severity: z.enum(SEVERITIES).optional(),
  change: z.enum(SEVERITY_CHANGES).optional(),
  /** For `withdrawn`: the event that did not hold; the latest one, when left out. */
  event_id: z.string().optional(),
  /** Shown in public, where the defect is. */
  note: z.string().trim().min(1).max(5_000).optional(),
})
export type NewDefectEvent = z.input<typeof NewDefectEvent>

/** What an event comes to: when it counts from, and what it carries. */
interface Course {
  at: Instant
  severity?: NonNullable<DefectEvent['severity']>
  withdrawsId?: string
  calendarVersion?: number
}

/**
 * Records what happened to a confirmed defect, with what it brings to its promises. Events are never changed or taken
 * away.
 * @throws DomainError `not-found`; `conflict` where nothing is left to move; `invalid` before the confirmation or in the
 * future, without the public reason that the type needs, and as the function for the type says.
 * `readAs` is what anybody could read of its promises before this transaction, where it has changed them already.
 */
export async function recordDefectEvent(
  tx: Tx,
  id: DefectId,
  input: NewDefectEvent,
  { readAs }: { readAs?: DefectPromises } = {},
): Promise<Id<'defect_event'>> {
  const event = NewDefectEvent.parse(input)
  const current = await readCurrent(tx, id)
  assertFields(event)
  const course = await courseOf(tx, current, event)
  if (course.at > tx.now) throw invalidField('/at', 'An event cannot be recorded before it has happened.')
  const eventId = newId<'defect_event'>()
  await tx.db
    .insertInto('defect_event')
    .values({
      id: eventId,
      defect_id: id,
      number: current.events.length + 1,
      type: event.type,
      at: course.at,
      incident_update_id: event.incident_update_id ?? null,
      release_id: event.release_id ?? null,
      until_on: event.until ?? null,
      severity_before: course.severity?.before ?? null,
      severity: course.severity?.after ?? null,
      severity_change: course.severity?.change ?? null,
      withdraws_id: course.withdrawsId ?? null,
      calendar_version: course.calendarVersion ?? null,
      note: event.note ?? null,
      created_at: tx.now,
      actor_name: tx.actor.name,
    })
    .execute()
  await tx.db
    .updateTable('defect')
    .set({ updated_at: tx.now, ...(course.severity && { severity: course.severity.after }) })
    .where('id', '=', id)
    .execute()
  const { note, until, ...facts } = event
  // What the customer was told is nobody else's.
  const told = isConfidential(current.defect) ? {} : { until, note }
  await record(tx, 'defect.event', id, { after: { ...facts, at: course.at, ...told } })
  const changed = await getDefect(tx.db, id)
  const after = (await readPromises(tx.db, [changed], tx.now)).get(id)
  if (after) assertMissExplained(readAs ?? current.promises, after, event.note, '/note')
  await settleDefects(tx, [changed])
  return eventId
}

async function courseOf(
  tx: Tx,
  current: CurrentDefect,
  event: z.output<typeof NewDefectEvent>,
): Promise<Course> {
  const { incident_update_id: updateId } = event
  const update = updateId === undefined ? undefined : await getTellingUpdate(tx, current.defect.id, updateId)
  switch (event.type) {
    case 'responded':
    case 'workaround':
    case 'fixed':
      return { at: await completionTime(tx, current, { ...event, type: event.type, update }) }
    case 'withdrawn':
      return { at: tx.now, withdrawsId: withdrawnEvent(current, event.event_id, tx.now).id }
    case 'severity_changed':
      return severityStep(current, event, tx.now)
    case 'deferred':
      assertDeferrable(current, event.until, tx.now)
      return { at: tx.now }
    case 'paused':
    case 'resumed':
      return { at: pauseTime(current, { ...event, type: event.type }, tx.now) }
    case 'replanned': {
      assertAnyOpen(current)
      const pin = (await readPins(tx.db, [current.defect.id])).get(current.defect.id)
      return { at: tx.now, calendarVersion: replannedVersion(pin, current.events, tx.now) }
    }
  }
}

/** Types that are shown with their reason, and what the reason is. */
const REASONS: Partial<Record<DefectEventType, string>> = {
  withdrawn: 'Say why it did not hold after all; the page shows it.',
  severity_changed: 'Say why the severity is another; the page shows it.',
  deferred: 'A deferral needs the message that the customer was given.',
  paused: 'Say what the clock waits for; the page shows it.',
  replanned: 'Say why open promises count by another calendar; the page shows it.',
}

/** What takes its time from the record: nobody can say afterwards that a promise was off. */
const COUNTED_WHEN_RECORDED: Partial<Record<DefectEventType, string>> = {
  withdrawn: 'A withdrawal counts from when it is recorded.',
  // What was missed before the customer was told stays missed.
  deferred: 'A deferral counts from when it is recorded.',
  paused: 'A pause counts from when it is recorded.',
  replanned: 'A new calendar counts from when it is recorded.',
}

/** Fields that belong to one type alone. */
const OWN_FIELDS = {
  until: 'deferred',
  severity: 'severity_changed',
  change: 'severity_changed',
  event_id: 'withdrawn',
  release_id: 'fixed',
} as const satisfies Partial<Record<keyof NewDefectEvent, DefectEventType>>

/** @throws DomainError `invalid` naming every field that the type needs or does not have */
function assertFields(event: z.output<typeof NewDefectEvent>): void {
  const { type, note, at } = event
  const reason = REASONS[type]
  const counted = COUNTED_WHEN_RECORDED[type]
  const fields = [
    ...(reason !== undefined && note === undefined ? [{ pointer: '/note', message: reason }] : []),
    ...(counted !== undefined && at !== undefined ? [{ pointer: '/at', message: counted }] : []),
    ...Object.entries(OWN_FIELDS).flatMap(([field, owner]) =>
      event[field as keyof typeof OWN_FIELDS] !== undefined && owner !== type
        ? [{ pointer: `/${field}`, message: foreignField(field, owner) }]
        : [],
    ),
  ]
  if (fields.length > 0)
    throw new DomainError('invalid', fields.map(({ message }) => message).join(' '), { fields })
}

function foreignField(field: string, owner: DefectEventType): string {
  return field === 'release_id' ? 'Only a fix is published in a release.' : `Only “${owner}” has “${field}”.`
}

/** @throws DomainError `conflict` when every verdict has fallen */
function assertAnyOpen({ promises }: CurrentDefect): void {
  if (promises.goals.some(({ state }) => isOpen(state.verdict))) return
  throw new DomainError('conflict', 'No promise of this defect is open any more.', {
    current: { goals: promises.goals.map(({ goal, state }) => ({ goal, verdict: state.verdict })) },
  })
}
