import { type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { isOpen } from '../domain/sla/engine/goal-state.ts'
import { goalTitle, promiseSentence } from '../domain/sla/promise-sentence.ts'
import type { CommitmentCalendarView, CommitmentView } from '../domain/status-page/feed-views.ts'
import type { PageView } from '../domain/status-page/views.ts'
import { MINUTE_MS } from '../lib/instant.ts'
import { calendarFile, eventId, plain } from './calendar-file.ts'

/**
 * An event is the half hour that ends at its deadline. An instant alone is legal (RFC 5545, 3.6.1), but an end must be
 * later than its start (3.8.2.2), Exchange does not take an event without end and duration, Outlook draws it as an hour
 * and Google stores no empty span. And a deadline at the end of a day belongs to that day: an event that began there
 * would stand on the next one, often a Saturday. Half an hour is high enough for a line of text.
 */
const EVENT_MS = 30 * MINUTE_MS

/**
 * Promised deadlines as iCalendar, in UTC. What is met, deferred or paused stays as cancelled, or no calendar would take
 * it out; what was missed stays where it was due.
 */
export function commitmentCalendar({ page, commitments }: CommitmentCalendarView): string {
  const events = commitments.map((view) => event(view, page))
  return calendarFile(page, { name: `${page.name} promises`, path: '/commitments.ics', events })
}

/** Only the revision tells of a change: the same record gives the same bytes, whoever wrote it down and when. */
function event(view: CommitmentView, page: PageView): ICalEventData {
  const { promises, goal, revision } = view
  const { id } = promises.defect
  const end = endOf(view)
  return {
    id: eventId(page, `commitment-${id}-${goal.goal}`),
    sequence: revision.number,
    stamp: new Date(revision.changedAt),
    created: new Date(promises.pinnedAt ?? promises.defect.createdAt),
    lastModified: new Date(revision.changedAt),
    start: new Date(end - EVENT_MS),
    end: new Date(end),
    summary: plain(summary(view)),
    description: plain(description(view, page)),
    url: `${page.url}/defects/${id}`,
    status: isInForce(view) ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED,
    // It is nothing that the reader attends: their time stays free.
    transparency: ICalEventTransparency.TRANSPARENT,
  }
}

function isInForce({ goal: { state } }: CommitmentView): boolean {
  return state.verdict === 'missed' || (isOpen(state.verdict) && state.deadlineAt !== null)
}

/** A release that came without the fix is a miss at that very instant, whatever deadline there was before. */
function endOf({ goal: { state }, revision }: CommitmentView): number {
  const missedAt = state.verdict === 'missed' ? state.verdictAt : null
  return state.deadlineAt ?? missedAt ?? revision.deadlineAt
}

function summary(view: CommitmentView): string {
  const { goal, promises } = view
  const title = goalTitle(goal.goal)
  const defect = `${promises.defect.key} ${promises.defect.title}`
  if (goal.state.verdict === 'missed') return `Missed: ${title.toLowerCase()}, ${defect}`
  return `${title} ${standing(view)}: ${defect}`
}

function standing(view: CommitmentView): string {
  const { verdict, pausedSince } = view.goal.state
  if (verdict === 'met' || verdict === 'deferred') return verdict
  if (isInForce(view)) return 'due'
  return pausedSince === null ? 'without a deadline' : 'paused'
}

function description({ promises, goal, incidentIds }: CommitmentView, page: PageView): string {
  return [
    promiseSentence(goal),
    `${page.url}/defects/${promises.defect.id}`,
    ...incidentIds.map((id) => `${page.url}/incidents/${id}`),
  ].join('\n')
}
