import { clockWords, dateWords, instantWords, spanWords, zoneWord } from '../../lib/date-words.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../lib/instant.ts'
import type { Calendar } from './engine/calendar.ts'
import { dayOf } from './engine/civil-time.ts'
import type { Excluded } from './engine/excluded-time.ts'
import type { GoalState } from './engine/goal-state.ts'
import { type GoalTerm, isNextRelease } from './engine/goal-terms.ts'
import type { Pause } from './engine/pauses.ts'
import { civilAt, endsDay } from './engine/zone-offsets.ts'

/** "within 4 hours", "within 3 business days", "within 1 week", "in the next release", "as seen fit". */
export function promiseWords(promise: GoalTerm): string {
  if (promise === null) return 'as seen fit'
  if ('release' in promise) return 'in the next release'
  if ('hours' in promise) return `within ${counted(promise.hours, 'hour')}`
  if ('bdays' in promise) return `within ${counted(promise.bdays, 'business day')}`
  if ('weeks' in promise) return `within ${counted(promise.weeks, 'week')}`
  return `within ${counted(promise.seconds, 'second')}`
}

/** "2 h 14 min", floored to the minute; beyond 48 hours "3 d 4 h", floored to the hour. */
export function durationWords(ms: number): string {
  if (ms < MINUTE_MS) return 'less than a minute'
  const inDays = ms > 48 * HOUR_MS
  const [large, small] = inDays ? [DAY_MS, HOUR_MS] : [HOUR_MS, MINUTE_MS]
  const larger = Math.floor(ms / large)
  const smaller = Math.floor((ms % large) / small)
  return [
    larger > 0 ? `${larger} ${inDays ? 'd' : 'h'}` : '',
    smaller > 0 ? `${smaller} ${inDays ? 'h' : 'min'}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ')
}

/**
 * "Monday 16 November, 02:00 IST"; a deadline that ends a day belongs to that day:
 * "end of Friday 13 November (24:00 IST)", never Saturday 00:00 (rule 9).
 */
export function deadlineWords(timeZone: string, deadline: Instant, options: { year?: boolean } = {}): string {
  if (!endsDay(timeZone, deadline)) return instantWords(deadline, timeZone, options)
  return `end of ${dateWords(deadline - 1, timeZone, options)} (24:00 ${zoneWord(deadline - 1, timeZone)})`
}

/**
 * "weekend 14–15 November and Wednesday 25 November not counted", with the pauses that have ended: "pause of Tuesday 17
 * November, 10:00–13:00 IST not counted". Empty when nothing was left out.
 */
export function excludedWords(
  calendar: Calendar,
  excluded: readonly Excluded[],
  pauses: readonly Pause[] = [],
): string {
  const days = excluded.filter(({ why }) => why !== 'outside hours')
  const parts =
    days.length <= 4 ? days.map((stretch) => stretchWords(calendar, stretch)) : sumWords(calendar, days)
  if (days.length < excluded.length) parts.push(`hours outside ${windowWords(calendar)}`)
  parts.push(...pauseParts(calendar, pauses))
  return parts.length === 0 ? '' : `${inSentence(parts)} not counted`
}

/** When the release that a promise waits for is planned, never called a deadline: "next release, not planned yet". */
export function nextReleaseWords(
  { plannedAt }: GoalState,
  { timeZone }: Calendar,
  options: { year?: boolean } = {},
): string {
  return plannedAt === null
    ? 'next release, not planned yet'
    : `next release, planned for ${dateWords(plannedAt, timeZone, options)}`
}

/** What became of a goal, with nothing that depends on when it is read but the state itself. */
export function verdictWords(state: GoalState, calendar: Calendar, options: { year?: boolean } = {}): string {
  switch (state.verdict) {
    case 'met':
      return metWords(state, calendar, options)
    case 'missed':
      return missedWords(state, calendar, options)
    case 'deferred':
      return 'deferred'
    case 'no_promise':
      return 'no promise: as seen fit'
    case 'at_risk':
    case 'open':
      return openWords(state, calendar, options)
  }
}

/**
 * How the clock stands at this very moment: "2 h 14 min of working time left", "clock stopped until Monday 00:00",
 * "overdue by 3 h 20 min". Empty when nothing runs. Relative to now: not for cached bytes.
 */
export function remainingWords(state: GoalState, calendar: Calendar): string {
  if (state.resumesAt !== null)
    return `clock stopped until ${resumptionWords(state.asOf, state.resumesAt, calendar)}`
  if (state.remainingBusinessMs !== null)
    return `${durationWords(state.remainingBusinessMs)} of working time left`
  if (state.verdict !== 'missed' || state.completedAt !== null) return ''
  if (state.lateBusinessMs === 0) {
    return `overdue by ${durationWords(state.lateWallMs)}; the working clock has stopped`
  }
  return `overdue by ${latenessWords(state)}`
}

function openWords(state: GoalState, calendar: Calendar, options: { year?: boolean }): string {
  const { timeZone } = calendar
  if (state.deadlineAt !== null) return `due ${deadlineWords(timeZone, state.deadlineAt, options)}`
  // While nobody knows when the clock goes on, there is no deadline.
  if (state.pausedSince !== null)
    return `clock paused since ${instantWords(state.pausedSince, timeZone, options)}`
  return nextReleaseWords(state, calendar, options)
}

function metWords(state: GoalState, { timeZone }: Calendar, options: { year?: boolean }): string {
  const { completedAt, clockStartsAt, deadlineAt, promise, usedBusinessMs } = state
  if (completedAt === null || clockStartsAt === null) return 'met'
  if (deadlineAt === null && isNextRelease(promise)) return `met ${dateWords(completedAt, timeZone, options)}`
  if (completedAt < clockStartsAt) return 'met before the clock started'
  return usedBusinessMs < MINUTE_MS
    ? 'met in less than a minute'
    : `met after ${durationWords(usedBusinessMs)}`
}

function missedWords(state: GoalState, { timeZone }: Calendar, options: { year?: boolean }): string {
  const { completedAt, deadlineAt, verdictAt, lateBusinessMs, lateWallMs } = state
  if (completedAt !== null && lateBusinessMs > 0) return `missed by ${latenessWords(state)}`
  if (completedAt !== null) {
    return `missed, late by ${durationWords(lateWallMs)}; the working clock had stopped`
  }
  // How late it is by now is for `remainingWords`.
  if (deadlineAt !== null) return `missed, was due ${deadlineWords(timeZone, deadlineAt, options)}`
  return `missed, the release of ${dateWords(verdictAt ?? state.asOf, timeZone, options)} came without it`
}

/** In wall time, and in business time where that differs (rule 24). */
function latenessWords({ lateWallMs, lateBusinessMs }: GoalState): string {
  const [wall, business] = [durationWords(lateWallMs), durationWords(lateBusinessMs)]
  return wall === business ? wall : `${wall} (${business} of working time)`
}

/** A weekday alone means its next one, so further off it comes with its date. */
function resumptionWords(asOf: Instant, resumesAt: Instant, { timeZone }: Calendar): string {
  const date = dateWords(resumesAt, timeZone)
  const clock = clockWords(resumesAt, timeZone)
  return asOf < weekdayAloneFrom(resumesAt) ? `${date}, ${clock}` : `${date.split(' ')[0]} ${clock}`
}

/** The instant from which on the words about a stopped clock leave out the date on which it goes on. */
export function weekdayAloneFrom(resumesAt: Instant): Instant {
  return resumesAt - 6 * DAY_MS + 1
}

function stretchWords({ timeZone }: Calendar, { from, to, why }: Excluded): string {
  const first = dateWords(from, timeZone)
  const last = dateWords(to - 1, timeZone)
  if (first === last) return first
  const [, firstDay, firstMonth] = first.split(' ')
  const [, lastDay, lastMonth] = last.split(' ')
  const sameMonth = firstMonth === lastMonth
  const days = sameMonth ? `${firstDay}–${lastDay}` : `${firstDay} ${firstMonth} – ${lastDay}`
  return `${why === 'weekend' ? 'weekend ' : ''}${days} ${lastMonth}`
}

/** Beyond a line's worth of dates, how many there are. */
function sumWords({ timeZone }: Calendar, stretches: readonly Excluded[]): string[] {
  const weekends = stretches.filter(({ why }) => why === 'weekend').length
  const holidays = stretches
    .filter(({ why }) => why === 'holiday')
    .map(({ from, to }) => dayOf(civilAt(timeZone, to - 1)) - dayOf(civilAt(timeZone, from)) + 1)
    .reduce((sum, days) => sum + days, 0)
  return [
    weekends > 0 ? counted(weekends, 'weekend') : '',
    holidays > 0 ? counted(holidays, 'holiday') : '',
  ].filter((part) => part !== '')
}

/** Each pause by its time, or, of more than two, how many there were. */
function pauseParts({ timeZone }: Calendar, pauses: readonly Pause[]): string[] {
  if (pauses.length > 2) {
    const ms = pauses.reduce((sum, { from, to }) => sum + to - from, 0)
    return [`${pauses.length} pauses (${durationWords(ms)} in all)`]
  }
  return pauses.map(({ from, to }) => `pause of ${spanWords(from, to, timeZone).join('')}`)
}

/** "09:00–13:00 and 14:00–18:00"; empty where the whole day counts. */
export function windowWords({ windows }: Pick<Calendar, 'windows'>): string {
  return inSentence((windows ?? []).map(([open, close]) => `${open}–${close}`).sort())
}

const sentenceList = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** "Monday, Wednesday and Friday" */
export function inSentence(parts: string[]): string {
  return sentenceList.format(parts)
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}
