import type { LocalDate, LocalDay } from '../../lib/dates.ts'
import { type Instant, MINUTE_MS, SECOND_MS } from '../../lib/instant.ts'
import { COMPONENT_STATUSES, type ComponentStatus, type ImpactLevel } from './component-status.ts'

/**
 * How long a component was down, counted once where several impacts overlap: the worst counts. From one whole second of
 * the clock to another, so that months are the sums of their days and agree with those that other pages publish.
 */
export interface OutageSeconds {
  partialSeconds: number
  majorSeconds: number
}

/** One day of one component, in the page's zone. */
export interface DayRecord extends OutageSeconds, LocalDay {
  /** The worst status of the day, or `no_data` before the component's start. */
  status: ComponentStatus | 'no_data'
  totalSeconds: number
}

type Span = { level: ImpactLevel; from: Instant; until: Instant | null }

/**
 * The share of time a component worked: `1 − (major + 0.3 · partial) / total`, all in seconds.
 * Degraded performance and maintenance cost nothing. Source: the published formula, printed beside the number.
 * @returns 0–1, or null where there is no time to speak of
 */
export function uptimeRatio(days: Iterable<Omit<DayRecord, keyof LocalDay>>): number | null {
  let total = 0
  let lost = 0
  for (const day of days) {
    if (day.status === 'no_data') continue
    total += day.totalSeconds
    lost += day.majorSeconds + 0.3 * day.partialSeconds
  }
  return total === 0 ? null : 1 - lost / total
}

/**
 * What these days were for one component. Whole days count, the running one as well; a day before `startOn` has no
 * data. Time after `now` is never an outage, and one that still runs is counted up to the last whole minute of the
 * clock, so that the figures of a page stand still in between.
 */
export function dayRecords(
  spans: Span[],
  days: readonly LocalDay[],
  { startOn, now }: { startOn: LocalDate; now: Instant },
): DayRecord[] {
  const clocked = spans.map(inWholeSeconds)
  return days.map((day) => {
    const totalSeconds = (day.until - day.from) / SECOND_MS
    if (day.date < startOn) {
      return { ...day, status: 'no_data', totalSeconds, partialSeconds: 0, majorSeconds: 0 }
    }
    return { ...day, totalSeconds, ...dayOf(clocked, day.from, day.until, now) }
  })
}

function dayOf(
  spans: Span[],
  from: Instant,
  until: Instant,
  now: Instant,
): OutageSeconds & { status: ComponentStatus } {
  const clipped = spans
    .filter((span) => span.from < until && span.from <= now && (span.until ?? until) > from)
    .map((span) => {
      const start = Math.max(span.from, from)
      const end = span.until !== null && span.until <= now ? span.until : countedUntil(start, now)
      return { rank: COMPONENT_STATUSES.indexOf(span.level), from: start, until: Math.min(end, until) }
    })
  if (clipped.length === 0) return { status: 'operational', partialSeconds: 0, majorSeconds: 0 }
  // Cut the day wherever an impact begins or ends; in each piece the worst level holds.
  const cuts = [...new Set(clipped.flatMap((span) => [span.from, span.until]))].sort((a, b) => a - b)
  const secondsByRank = new Map<number, number>()
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [start = 0, end = 0] = [cuts[index], cuts[index + 1]]
    const rank = Math.max(0, ...clipped.filter((s) => s.from <= start && s.until >= end).map((s) => s.rank))
    secondsByRank.set(rank, (secondsByRank.get(rank) ?? 0) + (end - start) / SECOND_MS)
  }
  const seconds = (status: ComponentStatus) => secondsByRank.get(COMPONENT_STATUSES.indexOf(status)) ?? 0
  return {
    // Also of one that began and ended within a second, which left no time.
    status: COMPONENT_STATUSES[Math.max(...clipped.map(({ rank }) => rank))] ?? 'operational',
    partialSeconds: seconds('partial_outage'),
    majorSeconds: seconds('major_outage'),
  }
}

function inWholeSeconds({ level, from, until }: Span): Span {
  const second = (at: Instant) => at - (at % SECOND_MS)
  return { level, from: second(from), until: until === null ? null : second(until) }
}

/** How far an impact that still runs is counted; its first second counts at once, or nothing would tell of it. */
function countedUntil(start: Instant, now: Instant): Instant {
  return Math.max(start + SECOND_MS, now - (now % MINUTE_MS))
}
