import { DAY_MS } from '../../../lib/instant.ts'
import type { Calendar } from './calendar.ts'
import {
  type CivilDay,
  type CivilMs,
  dayOf,
  modulo,
  parseDate,
  parseTimeOfDay,
  weekdayOf,
} from './civil-time.ts'

/**
 * A calendar on the wall, where every day has 24 hours: arithmetic instead of walking, so that ten years
 * cost what an hour costs. Totals count from one fixed Monday and mean something only as differences.
 */
export interface CountedTime {
  /** Counted milliseconds before this reading. */
  countedBefore(civil: CivilMs): number
  /** The earliest reading before which so much has counted. */
  earliestWith(counted: number): CivilMs
  /** The earliest reading that counts, this one included. */
  nextCounting(civil: CivilMs): CivilMs
  /** When the window that contains this reading opens. */
  openingOf(civil: CivilMs): CivilMs
  /** Counting dates before this one. */
  countingDaysBefore(day: CivilDay): number
  /** The counting date with so many counting dates before it. */
  countingDay(rank: number): CivilDay
  isCountingDay(day: CivilDay): boolean
  /** Local windows of a day in milliseconds since midnight, in order, touching ones joined. */
  windows: readonly WindowMs[]
}

type WindowMs = readonly [openMs: number, closeMs: number]

// By identity: calendars are never changed in place.
const known = new WeakMap<Calendar, CountedTime>()

/** The counted time of a calendar that `assertCalendar` lets through. */
export function countedTimeOf(calendar: Calendar): CountedTime {
  return known.getOrInsertComputed(calendar, countedTime)
}

function countedTime(calendar: Calendar): CountedTime {
  const windows = joinedWindows(calendar)
  const openMs = windows.reduce((sum, [open, close]) => sum + close - open, 0)
  const { countingDaysBefore, countingDay, isCountingDay } = countingDays(calendar)

  function countedBefore(civil: CivilMs): number {
    const day = dayOf(civil)
    const whole = countingDaysBefore(day) * openMs
    if (!isCountingDay(day)) return whole
    const time = civil - day * DAY_MS
    return windows.reduce((sum, [open, close]) => sum + Math.max(0, Math.min(time, close) - open), whole)
  }

  function earliestWith(counted: number): CivilMs {
    // A full day is reached at its last closing, not at the next opening: deadlines are canonical.
    const rank = Math.ceil(counted / openMs) - 1
    const midnight = countingDay(rank) * DAY_MS
    let left = counted - rank * openMs
    for (const [open, close] of windows) {
      if (left <= close - open) return midnight + open + left
      left -= close - open
    }
    throw new Error('a counting day holds its own windows')
  }

  function nextCounting(civil: CivilMs): CivilMs {
    const day = dayOf(civil)
    const time = civil - day * DAY_MS
    const window = isCountingDay(day) ? windows.find(([, close]) => time < close) : undefined
    if (window !== undefined) return day * DAY_MS + Math.max(time, window[0])
    return countingDay(countingDaysBefore(day + 1)) * DAY_MS + (windows[0]?.[0] ?? 0)
  }

  function openingOf(civil: CivilMs): CivilMs {
    const midnight = dayOf(civil) * DAY_MS
    const window = windows.findLast(([open]) => midnight + open <= civil)
    return midnight + (window?.[0] ?? 0)
  }

  return {
    countedBefore,
    earliestWith,
    nextCounting,
    openingOf,
    countingDaysBefore,
    countingDay,
    isCountingDay,
    windows,
  }
}

function joinedWindows(calendar: Calendar): WindowMs[] {
  const sorted = (calendar.windows ?? [['00:00', '24:00']])
    .map(([open, close]): WindowMs => [parseTimeOfDay(open) ?? 0, parseTimeOfDay(close) ?? 0])
    .sort((a, b) => a[0] - b[0])
  const joined: WindowMs[] = []
  for (const [open, close] of sorted) {
    const last = joined.at(-1)
    if (last?.[1] === open) joined[joined.length - 1] = [last[0], close]
    else joined.push([open, close])
  }
  return joined
}

/** 29 December 1969, the Monday from which counting dates are numbered. */
const FIRST_MONDAY: CivilDay = -3
const EVERY_WEEKDAY = [1, 2, 3, 4, 5, 6, 7]

function countingDays(calendar: Calendar) {
  const weekdays = [...calendar.weekdays].sort((a, b) => a - b)
  // From Monday on, how many counting weekdays a week has had before each of its days.
  const earlierInWeek = EVERY_WEEKDAY.map((day) => weekdays.filter((weekday) => weekday < day).length)
  const excluded = excludedWeekdays(calendar)
  // Ranks among the counting weekdays, less the exclusions before: ascending, like the dates themselves.
  const excludedRanks = excluded.map((day, index) => weekdaysBefore(day) - index)

  function weekdaysBefore(day: CivilDay): number {
    const weeks = Math.floor((day - FIRST_MONDAY) / 7)
    return weeks * weekdays.length + (earlierInWeek[day - FIRST_MONDAY - weeks * 7] ?? 0)
  }

  function countingDaysBefore(day: CivilDay): number {
    return weekdaysBefore(day) - countWhile(excluded, (date) => date < day)
  }

  function countingDay(rank: number): CivilDay {
    const weekdayRank = rank + countWhile(excludedRanks, (excludedRank) => excludedRank <= rank)
    const weekday = weekdays[modulo(weekdayRank, weekdays.length)] ?? 1
    return FIRST_MONDAY + Math.floor(weekdayRank / weekdays.length) * 7 + weekday - 1
  }

  function isCountingDay(day: CivilDay): boolean {
    return countingDaysBefore(day + 1) > countingDaysBefore(day)
  }

  return { countingDaysBefore, countingDay, isCountingDay }
}

function excludedWeekdays({ weekdays, excludedDates }: Calendar): CivilDay[] {
  const days = new Set(excludedDates.map((date) => parseDate(date) ?? 0))
  return [...days].filter((day) => weekdays.includes(weekdayOf(day))).sort((a, b) => a - b)
}

/** How many leading items of an ordered list satisfy a test that, once false, stays false. */
function countWhile<T>(items: readonly T[], test: (item: T) => boolean): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (test(items[middle] as T)) low = middle + 1
    else high = middle
  }
  return low
}
