import { clockWords, dateWords } from '../lib/date-words.ts'
import { addDays, type LocalDate, localDateOf, startOfDate } from '../lib/dates.ts'
import { DAY_MS, HOUR_MS, type Instant } from '../lib/instant.ts'

/** A line on the axis of time, at a percentage of its width from the left. */
export interface ChartTick {
  x: number
  /** "Fri 13 Nov", "20:00" or "Nov 2026"; null for a line without words. */
  label: string | null
  /** The label has room on a desk only. */
  isWide: boolean
}

/** Percentages of the width that a label takes: on a desk, and on a phone of 320 px. */
const LABEL_ROOM = { wide: 11, narrow: 25 }
/** Lines closer than this would be a ground of their own. */
const LINE_ROOM = 1.6

/**
 * The beginnings of local days between two instants, or of hours, weeks, months or years where these fit better. The
 * day of the first instant is named at the left end; further labels stand as far apart as their words are wide.
 */
export function chartTicks(from: Instant, to: Instant, zone: string): ChartTick[] {
  const place = (at: Instant) => Math.round(((at - from) / (to - from)) * 10_000) / 100
  const lines = beginnings(from, to, zone).map(({ at, words }) => ({ x: place(at), words }))
  const last = { wide: 0, narrow: 0 }
  const labelled = lines.map(({ x, words }): ChartTick => {
    if (x - last.wide < LABEL_ROOM.wide || x > 100 - LABEL_ROOM.wide) return { x, label: null, isWide: false }
    last.wide = x
    const isWide = x - last.narrow < LABEL_ROOM.narrow || x > 100 - LABEL_ROOM.narrow
    if (!isWide) last.narrow = x
    return { x, label: words, isWide }
  })
  const first = localDateOf(from, zone)
  const label = fits(7 * DAY_MS, from, to) ? shortDate(first) : shortMonth(first)
  return [{ x: 0, label, isWide: false }, ...labelled]
}

interface Beginning {
  at: Instant
  words: string
}

/** The finest beginnings that leave room between their lines. */
function beginnings(from: Instant, to: Instant, zone: string): Beginning[] {
  if (to - from < 1.5 * DAY_MS) return hours(from, to, zone)
  const days = datesBetween(from, to, zone)
  if (fits(7 * DAY_MS, from, to)) {
    const named = fits(DAY_MS, from, to) ? days : days.filter(({ date }) => isMonday(date))
    return named.map(({ at, date }) => ({ at, words: shortDate(date) }))
  }
  const first = fits(30 * DAY_MS, from, to) ? '-01' : '-01-01'
  const named = days.filter(({ date }) => date.endsWith(first))
  return named.map(({ at, date }) => ({ at, words: shortMonth(date) }))
}

/** Whether lines so far apart leave room between each other. */
function fits(ms: number, from: Instant, to: Instant): boolean {
  return ms / (to - from) >= LINE_ROOM / 100
}

/** Full local hours, each or every third or sixth; midnight tells its day. */
function hours(from: Instant, to: Instant, zone: string): Beginning[] {
  const step = HOUR_STEPS.find((hours) => (to - from) / (hours * HOUR_MS) <= 12) ?? 6
  const found: Beginning[] = []
  for (const date of [localDateOf(from, zone), ...datesBetween(from, to, zone).map((day) => day.date)]) {
    const begins = startOfDate(date, zone)
    const ends = startOfDate(addDays(date, 1), zone)
    for (let at = begins; at < Math.min(ends, to); at += step * HOUR_MS) {
      if (at > from) found.push({ at, words: at === begins ? shortDate(date) : clockWords(at, zone) })
    }
  }
  return found
}

const HOUR_STEPS = [1, 3, 6]

interface Day {
  at: Instant
  date: LocalDate
}

/** The local days that begin between two instants. */
function datesBetween(from: Instant, to: Instant, zone: string): Day[] {
  const days: Day[] = []
  for (let date = addDays(localDateOf(from, zone), 1); ; date = addDays(date, 1)) {
    const at = startOfDate(date, zone)
    if (at >= to) return days
    days.push({ at, date })
  }
}

function isMonday(date: LocalDate): boolean {
  return new Date(date).getUTCDay() === 1
}

/** "Fri 13 Nov" */
function shortDate(date: LocalDate): string {
  const [weekday = '', day = '', month = ''] = dateWords(Date.parse(date), 'UTC').split(' ')
  return `${weekday.slice(0, 3)} ${day} ${month.slice(0, 3)}`
}

/** "Nov 2026" */
function shortMonth(date: LocalDate): string {
  return `${shortDate(date).slice(-3)} ${date.slice(0, 4)}`
}
