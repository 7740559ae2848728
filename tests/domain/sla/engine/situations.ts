import fc from 'fast-check'
import type { Calendar, DayWindow } from '../../../../src/domain/sla/engine/calendar.ts'
import type { Pause } from '../../../../src/domain/sla/engine/pauses.ts'
import type { Window } from '../../../../src/domain/sla/engine/window.ts'
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS, SECOND_MS } from '../../../../src/lib/instant.ts'
import { calendarIn, EVERY_DAY } from './zoned.ts'

/** Chosen because their clocks did something that simple code gets wrong; the last few because most people use them. */
export const ZONES = [
  'Pacific/Apia', // no 30 December 2011
  'Asia/Gaza', // back and forth for Ramadan, changes at midnight
  'Australia/Lord_Howe', // half an hour
  'America/St_Johns', // at 00:01 until 2011: midnight twice
  'Asia/Kathmandu', // quarters of an hour
  'Pacific/Chatham', // quarters, and changes at 02:45
  'Africa/Casablanca', // forward at the end of Ramadan
  'America/Sao_Paulo', // no midnight on days of change
  'America/Havana', // midnight missing, or 00:00 to 01:00 twice
  'Antarctica/Troll', // two hours
  'Asia/Tehran', // at midnight by another calendar, until 2022
  'America/Vancouver', // about to stop
  'Europe/Dublin', // winter is the exception
  'Asia/Kolkata',
  'America/New_York',
  'Europe/London',
  'Australia/Sydney',
  'UTC',
] as const

/** One seed, so that every change is judged by the same cases; another one looks elsewhere. */
export const SEED = 20_261_124

export const FIRST_INSTANT = Date.UTC(1999, 0)
export const LAST_INSTANT = Date.UTC(2037, 0) - 1

/** The instants of these years at which the clocks of a zone change, as the platform itself lists them. */
export function clockChanges(timeZone: string): Instant[] {
  const changes: Instant[] = []
  let at = Temporal.Instant.fromEpochMilliseconds(FIRST_INSTANT).toZonedDateTimeISO(timeZone)
  for (;;) {
    const next = at.getTimeZoneTransition('next')
    if (next === null || next.epochMilliseconds > LAST_INSTANT) return changes
    changes.push(next.epochMilliseconds)
    at = next
  }
}

/** A calendar and a start, on which most properties stand. */
export interface Situation {
  calendar: Calendar
  start: Instant
}

/** Situations together with whatever else a property needs, which may depend on the situation. */
export function situationsWith<T>(
  more: (situation: Situation) => { [K in keyof T]: fc.Arbitrary<T[K]> },
): fc.Arbitrary<Situation & T> {
  return situations.chain((situation) => {
    return fc.record(more(situation)).map((rest) => ({ ...situation, ...rest }))
  })
}

export const situations: fc.Arbitrary<Situation> = fc.constantFrom(...ZONES).chain((timeZone) => {
  return instantsIn(timeZone).chain((around) => {
    return fc
      .record({
        weekdays: fc.shuffledSubarray(EVERY_DAY, { minLength: 1 }),
        excludedDates: fc.uniqueArray(datesAround(timeZone, around), { maxLength: 8 }),
        windows: dayWindows,
        edge: fc.option(edges, { freq: 2 }),
      })
      .map(({ edge, ...parts }) => {
        const calendar = calendarIn(timeZone, parts)
        return { calendar, start: edge === null ? around : edgeNear(calendar, around, edge) }
      })
  })
})

const edges = fc.record({ day: fc.integer({ min: -2, max: 2 }), index: fc.nat({ max: 5 }) })

const CHANGES = new Map<string, { all: Instant[]; largest: Instant | undefined }>(
  ZONES.map((zone) => {
    const all = clockChanges(zone)
    const [largest] = all.toSorted((a, b) => jumpAt(zone, b) - jumpAt(zone, a))
    return [zone, { all, largest }]
  }),
)

/** Anywhere in these years, and as often within days of a clock change, if the zone has any: the largest above all. */
function instantsIn(timeZone: string): fc.Arbitrary<Instant> {
  const anytime = fc.integer({ min: FIRST_INSTANT, max: LAST_INSTANT })
  const changes = CHANGES.get(timeZone)
  if (changes?.largest === undefined) return anytime
  const shifts = fc.oneof(
    fc.integer({ min: -1, max: 1 }),
    fc.integer({ min: -120, max: 120 }).map((minutes) => minutes * MINUTE_MS),
    fc.integer({ min: -4 * DAY_MS, max: 4 * DAY_MS }),
    // A few days before, when the clock reads what it will skip or read twice: where a promise in days ends.
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: -75, max: 75 })).map(([days, minutes]) => {
      return minutes * MINUTE_MS - days * DAY_MS
    }),
  )
  const change = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...changes.all) },
    fc.constant(changes.largest),
  )
  return fc.oneof(
    anytime,
    fc.tuple(change, shifts).map(([at, shift]) => at + shift),
  )
}

/** How far the clock of a zone is moved at an instant, either way, in milliseconds. */
export function jumpAt(timeZone: string, at: Instant): number {
  const [before, after] = [at - 1, at].map((instant) => {
    return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).offsetNanoseconds
  })
  return Math.abs((after ?? 0) - (before ?? 0)) / 1e6
}

/** A local date near an instant, as holidays are only noticed near the clock that they stop. */
export function datesAround(timeZone: string, around: Instant): fc.Arbitrary<string> {
  const date = Temporal.Instant.fromEpochMilliseconds(around).toZonedDateTimeISO(timeZone).toPlainDate()
  return fc.integer({ min: -5, max: 25 }).map((days) => date.add({ days }).toString())
}

/** An instant at which a window of the calendar opens or closes, a few days from here. */
function edgeNear(calendar: Calendar, around: Instant, edge: { day: number; index: number }): Instant {
  const { timeZone, windows } = calendar
  const edges = (windows ?? [['00:00', '24:00']]).flat()
  const date = Temporal.Instant.fromEpochMilliseconds(around).toZonedDateTimeISO(timeZone).toPlainDate()
  const midnight = date.add({ days: edge.day }).toPlainDateTime()
  const minutes = minutesOf(edges[edge.index % edges.length] ?? '00:00')
  return midnight.add({ minutes }).toZonedDateTime(timeZone).epochMilliseconds
}

/** None (the whole day) to three windows, in any order, some touching, many by night, where clocks change. */
const dayWindows: fc.Arbitrary<Calendar['windows']> = fc.option(
  fc
    .uniqueArray(
      fc.oneof(
        fc.constantFrom(0, 1, 24 * 60),
        fc.integer({ min: 0, max: 12 }).map((quarters) => quarters * 15),
        fc.integer({ min: 0, max: 24 * 60 }),
      ),
      { minLength: 2, maxLength: 6 },
    )
    .chain((times) => fc.shuffledSubarray(windowsBetween(times), { minLength: 1 })),
  { freq: 3 },
)

/** Pairs of neighbours: with an odd number of times the last two windows touch. */
function windowsBetween(times: number[]): DayWindow[] {
  const sorted = times.toSorted((a, b) => a - b).map(timeOfDay)
  const windows: DayWindow[] = []
  for (let index = 0; index + 1 < sorted.length; index += 2) {
    windows.push([sorted[index] ?? '', sorted[index + 1] ?? ''])
  }
  if (sorted.length % 2 === 1) windows.push([sorted.at(-2) ?? '', sorted.at(-1) ?? ''])
  return windows
}

/** Business time in milliseconds, up to so many days of the calendar, often whole ones. */
export function budgets(calendar: Calendar, { maxDays = 12 } = {}): fc.Arbitrary<number> {
  const openMs = openMinutes(calendar) * MINUTE_MS
  return fc.oneof(
    fc.integer({ min: 1, max: maxDays }).map((days) => days * openMs),
    fc.integer({ min: 1, max: maxDays * openMs }),
  )
}

/** Promises as policies spell them, over as many days of the calendar as `budgets`. */
export function promises(calendar: Calendar, { maxDays = 12 } = {}): fc.Arbitrary<Window> {
  const weeks = Math.max(1, Math.floor(maxDays / calendar.weekdays.length))
  return fc.oneof(
    budgets(calendar, { maxDays }).map((ms) => ({ hours: ms / HOUR_MS })),
    budgets(calendar, { maxDays }).map((ms) => ({ seconds: ms / SECOND_MS })),
    fc.integer({ min: 1, max: maxDays }).map((bdays) => ({ bdays })),
    fc.integer({ min: 1, max: weeks }).map((count) => ({ weeks: count })),
  )
}

/** Up to four pauses from shortly before a start on: overlapping, touching and empty ones too. */
export function pausesAround(start: Instant): fc.Arbitrary<Pause[]> {
  const hours = fc.integer({ min: -24, max: 12 * 24 }).map((count) => count * HOUR_MS)
  const shifts = fc.oneof(hours, fc.integer({ min: -DAY_MS, max: 12 * DAY_MS }))
  const lengths = fc.oneof(
    fc.integer({ min: 0, max: 72 }).map((count) => count * HOUR_MS),
    fc.integer({ min: 0, max: 3 * DAY_MS }),
  )
  const pauses = fc.tuple(shifts, lengths).map(([shift, length]) => {
    return { from: start + shift, to: start + shift + length }
  })
  return fc.array(pauses, { maxLength: 4 })
}

/** An instant up to so many days later. */
export function laterThan(start: Instant, { maxDays = 40 } = {}): fc.Arbitrary<Instant> {
  return fc.integer({ min: 0, max: maxDays * DAY_MS }).map((ms) => start + ms)
}

function openMinutes({ windows }: Calendar): number {
  return (windows ?? [['00:00', '24:00']])
    .map(([open, close]) => minutesOf(close) - minutesOf(open))
    .reduce((sum, minutes) => sum + minutes, 0)
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

function timeOfDay(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  return `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`
}
