import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, toShortIso } from '../src/lib/instant.ts'

/** A line for `avow sla deadlines`. */
export interface DeadlineQuestion {
  id: number
  calendar: QuestionCalendar
  start: string
  term: Term
  pauses: [from: string, to: string][]
}

interface QuestionCalendar {
  tz: string
  weekdays: number[]
  holidays: string[]
  windows?: [open: string, close: string][]
}

type Term = { hours: number } | { bdays: number } | { weeks: number } | { seconds: number }
type TermUnit = (typeof TERM_UNITS)[number]

/** How long the promises of a kind of question are, in whichever unit they are given. */
export type TermLength = (unit: TermUnit, week: { days: number; hours: number }) => number

/** Around 100 hours of business time. */
export const hundredHours: TermLength = (unit) => {
  return { hours: 100, seconds: 100 * (HOUR_MS / SECOND_MS), bdays: 4, weeks: 1 }[unit]
}

/** Around ten years until the deadline, however few hours a week of the calendar has. */
export const tenYears: TermLength = (unit, { days, hours }) => {
  const weeks = 520
  return { weeks, bdays: weeks * days, hours: weeks * hours, seconds: weeks * hours * (HOUR_MS / SECOND_MS) }[
    unit
  ]
}

/**
 * So many questions, the same at every call. They count through all combinations of zone, weekdays, windows,
 * holidays, unit and pauses like the wheels of a mileage counter, while their starts wander through nine years.
 */
export function deadlineQuestions(count: number, lengthOf: TermLength): DeadlineQuestion[] {
  return Array.from({ length: count }, (_, index) => {
    const choose = wheels(index)
    const tz = choose(ZONES)
    const [weekdays, unit] = [choose(WEEKDAYS), choose(TERM_UNITS)]
    const [windows, holidays, pausedDays] = [choose(WINDOWS), choose(HOLIDAYS), choose(PAUSED_DAYS)]
    const start = FIRST_START + index * STEP_MS
    const length = lengthOf(unit, { days: weekdays.length, hours: weekdays.length * hoursOf(windows) })
    const calendar: QuestionCalendar = { tz, weekdays, holidays }
    if (windows !== null) calendar.windows = windows
    return {
      id: index,
      calendar,
      start: toShortIso(start),
      term: termOf(unit, length),
      pauses: pausedDays.map((day) => pauseFrom(start + day * DAY_MS)),
    }
  })
}

const FIRST_START = Date.parse('2018-01-01T00:00:00Z')
const STEP_MS = 7 * HOUR_MS + 53 * MINUTE_MS + 17 * SECOND_MS

const TERM_UNITS = ['hours', 'bdays', 'weeks', 'seconds'] as const

const ZONES = [
  'UTC',
  'Asia/Kolkata',
  'Europe/London',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'Pacific/Auckland',
  'America/Sao_Paulo',
]

const WEEKDAYS = [
  [1, 2, 3, 4, 5],
  [7, 1, 2, 3, 4],
  [1, 2, 3, 4, 5, 6, 7],
]

const WINDOWS: (NonNullable<QuestionCalendar['windows']> | null)[] = [
  null,
  [['09:00', '17:00']],
  [
    ['08:30', '12:00'],
    ['13:00', '18:15'],
  ],
]

/** None, or four in each of twenty years. */
const HOLIDAYS = [
  [],
  Array.from({ length: 20 }, (_, index) => 2018 + index).flatMap((year) => {
    return ['01-01', '05-01', '12-25', '12-26'].map((date) => `${year}-${date}`)
  }),
]

/** On which days after the start a pause begins. */
const PAUSED_DAYS = [[], [1], [0, 2, 3]]

function pauseFrom(at: number): [from: string, to: string] {
  return [toShortIso(at + 2 * HOUR_MS), toShortIso(at + 9 * HOUR_MS)]
}

/** The cast holds because a computed key of one unit is typed as any string. */
function termOf(unit: TermUnit, length: number): Term {
  return { [unit]: length } as Term
}

function hoursOf(windows: QuestionCalendar['windows'] | null): number {
  const times = (windows ?? [['00:00', '24:00']]).map((window) => window.map(hoursSinceMidnight))
  return times.reduce((sum, [open = 0, close = 0]) => sum + close - open, 0)
}

function hoursSinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours + minutes / 60
}

/** One wheel after the other: each choice uses up its part of the number. */
function wheels(index: number): <Item>(items: readonly Item[]) => Item {
  let rest = index
  return (items) => {
    const item = items[rest % items.length]
    if (item === undefined) throw new Error('there is nothing to choose from')
    rest = Math.floor(rest / items.length)
    return item
  }
}
