import { clockWords, dateWords, localDateWords, WEEKDAYS, zoneWord } from '../../../lib/date-words.ts'
import { addDays, localDateOf } from '../../../lib/dates.ts'
import { DAY_MS, type Instant } from '../../../lib/instant.ts'
import { endsDay } from '../engine/zone-offsets.ts'
import { inSentence } from '../words.ts'
import {
  closedDatesFrom,
  type DayHours,
  type OpeningHours,
  type OpenState,
  openMsBetween,
} from './opening.ts'

/**
 * "open now until 18:00 IST", "closed; opens Monday 09:00 IST", "open around the clock". What lasts a day names the
 * weekday, what lasts six days the date, and what lasts about a year the year too. All of it follows from `until`,
 * so the words stand as they are until then.
 */
export function openStateWords(opening: OpeningHours, { isOpen, until }: OpenState): string {
  if (until === null) return 'open around the clock'
  const lastsDays = (days: number) => {
    const ms = days * DAY_MS
    return openMsBetween(opening, until - ms, until) === (isOpen ? ms : 0)
  }
  const { timeZone } = opening
  const isMidnight = isOpen && endsDay(timeZone, until)
  // An opening ends with its day, not with the next one.
  const at = isMidnight ? until - 1 : until
  const clock = `${isMidnight ? '24:00' : clockWords(at, timeZone)} ${zoneWord(at, timeZone)}`
  const date = dateWords(at, timeZone, { year: lastsDays(360) })
  const day = lastsDays(6) ? `${date}, ` : `${date.split(' ')[0]} `
  if (!isOpen) return `closed; opens ${day}${clock}`
  return `open now until ${lastsDays(1) ? day : ''}${clock}`
}

/**
 * "Monday to Friday 09:00–18:00, Saturday 10:00–14:00 IST"; weekdays with the same hours stand together, hours that
 * touch are one. The zone has its name of that instant, which clock changes change.
 */
export function weeklyHoursWords({ timeZone, hours }: OpeningHours, at: Instant): string {
  const weekdays = WEEKDAYS.map((_, index) => index + 1)
  const byWords = Map.groupBy(weekdays, (weekday) => windowsWords(hours, weekday))
  if (byWords.size === 1 && byWords.has('00:00–24:00')) return 'around the clock'
  byWords.delete('')
  const parts = [...byWords].map(([words, days]) => `${weekdaysWords(days)} ${words}`)
  const separator = parts.some((part) => part.includes(',')) ? '; ' : ', '
  return `${parts.join(separator)} ${zoneWord(at, timeZone)}`
}

/** How far ahead closed dates are told. */
const DATES_TOLD_DAYS = 60

/** "closed on Friday 25 December": excluded dates in the sixty days from an instant on; empty when there is none. */
export function closedDatesWords(opening: OpeningHours, at: Instant): string {
  const end = addDays(localDateOf(at, opening.timeZone), DATES_TOLD_DAYS)
  const dates = closedDatesFrom(opening, at).filter((date) => date < end)
  return dates.length === 0 ? '' : `closed on ${inSentence(dates.map((date) => localDateWords(date)))}`
}

/** "09:00–12:00 and 13:00–18:00" of one weekday; empty when it is closed. */
function windowsWords(hours: readonly DayHours[], weekday: number): string {
  const windows: { opens: string; closes: string }[] = []
  const ofDay = hours.filter(({ weekdays }) => weekdays.includes(weekday))
  for (const { opens, closes } of ofDay.sort((a, b) => (a.opens < b.opens ? -1 : 1))) {
    const last = windows.at(-1)
    if (last?.closes === opens) last.closes = closes
    else windows.push({ opens, closes })
  }
  return inSentence(windows.map(({ opens, closes }) => `${opens}–${closes}`))
}

/** "every day", "Monday to Friday", "Saturday and Sunday", "Monday and Wednesday to Friday"; a week is a circle. */
function weekdaysWords(weekdays: readonly number[]): string {
  if (weekdays.length === WEEKDAYS.length) return 'every day'
  const names = (weekday: number) => WEEKDAYS[(weekday - 1) % 7] ?? ''
  const isIn = (weekday: number) => weekdays.includes(((weekday - 1) % 7) + 1)
  const firsts = weekdays.filter((weekday) => !isIn(weekday + 6))
  const runs = firsts.map((first) => {
    const run = [first]
    while (isIn(first + run.length)) run.push(first + run.length)
    return run
  })
  return inSentence(
    runs.flatMap((run) =>
      run.length > 2 ? [`${names(run[0] ?? 1)} to ${names(run.at(-1) ?? 1)}`] : run.map(names),
    ),
  )
}
