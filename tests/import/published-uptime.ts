import type { Impact } from '../../src/domain/components/impacts.ts'

/** What a page published of one component, by its id: the whole seconds of its calendar, month by month. */
export type PublishedUptime = Record<string, { months: PublishedMonth[] }>
export interface PublishedMonth {
  key: string
  /** A fraction of 1. */
  uptime_percentage: number
  partial_seconds: number
  major_seconds: number
}

/** A state is written down a moment after the update that tells it; in a month that comes to so many seconds. */
export const LAG_SECONDS = 3

/** Seconds of outage that are more here than there. */
export type Off = [partial: number, major: number]

/** What shows why a month differs. */
interface Evidence {
  off: Off
  /** Of the other components in that month. */
  others: Off[]
  /** Of the component, in that month. */
  impacts: Impact[]
  /** The ids of incidents that were over while their last word about the component was of an outage. */
  leftDown: Set<string>
}

/** Why a month may have other seconds here than there. */
export const REASONS = {
  /** Somebody has corrected the calendar by hand, which is done in minutes. */
  minutes: ({ off }: Evidence) => off.every((seconds) => seconds % 60 === 0),
  /** Several components lack the same seconds: what was told of them has been deleted since, or all were corrected. */
  shared: ({ off: [partial, major], others }: Evidence) =>
    others.some(
      (other) => Math.abs(other[0] - partial) <= LAG_SECONDS && Math.abs(other[1] - major) <= LAG_SECONDS,
    ),
  /** An incident was over and the component stayed down, until somebody set it by hand, which no document tells. */
  left: ({ impacts, leftDown }: Evidence) => impacts.some(({ incidentId }) => leftDown.has(incidentId ?? '')),
  /** Somebody has taken the time of one incident out of the calendar. */
  dropped: ({ off: [partial], impacts }: Evidence) => impacts.some((impact) => lengthOf(impact) === partial),
  /** There a component has one state, and the later word holds; here the worse of two incidents counts. */
  overlap: ({ impacts }: Evidence) =>
    impacts.some((one) =>
      impacts.some((other) => one.incidentId !== other.incidentId && overlaps(one, other)),
    ),
  /** Nothing in the documents says why. */
  unknown: () => true,
}

/** The months that differ by more than a lag: the component’s place on the page and the month. */
export const DIFFERING: Record<string, { off: Off; why: keyof typeof REASONS }> = {
  '1 2024-04': { off: [-62_936, 0], why: 'left' },
  '1 2024-08': { off: [-901, -1], why: 'shared' },
  // As the other two have it, but for two incidents at once.
  '1 2024-10': { off: [-561, 0], why: 'overlap' },
  '1 2025-03': { off: [-5_398, -2_189], why: 'unknown' },
  '1 2025-05': { off: [95, 1], why: 'overlap' },
  '2 2024-04': { off: [-62_948, 0], why: 'left' },
  '2 2024-08': { off: [-901, 0], why: 'shared' },
  '2 2024-10': { off: [-1_331, 0], why: 'shared' },
  '2 2024-11': { off: [-7_800, 0], why: 'minutes' },
  '2 2025-03': { off: [2, -2_593], why: 'shared' },
  '3 2023-07': { off: [-589, 0], why: 'left' },
  '3 2024-04': { off: [-176, 0], why: 'unknown' },
  '3 2024-08': { off: [-5_113, 0], why: 'unknown' },
  '3 2024-10': { off: [-1_331, 0], why: 'shared' },
  '3 2024-11': { off: [-7_800, 0], why: 'minutes' },
  '3 2025-01': { off: [-2_100, 0], why: 'minutes' },
  '3 2025-03': { off: [0, -2_594], why: 'shared' },
  '3 2025-04': { off: [2_780, 0], why: 'dropped' },
  '4 2025-06': { off: [0, -8_400], why: 'minutes' },
}

function lengthOf({ from, until }: Impact): number {
  return until === null ? 0 : Math.floor(until / 1_000) - Math.floor(from / 1_000)
}

function overlaps(one: Impact, other: Impact): boolean {
  return one.from < (other.until ?? 0) && other.from < (one.until ?? 0)
}
