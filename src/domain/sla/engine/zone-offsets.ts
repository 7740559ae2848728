import { DomainError } from '../../../errors.ts'
import { DAY_MS, type Instant } from '../../../lib/instant.ts'
import { type CivilDay, type CivilMs, dayOf } from './civil-time.ts'

/** A stretch of time, half-open, in which one zone keeps one offset. Neighbours may have the same offset. */
export interface OffsetSegment {
  from: Instant
  to: Instant
  /** Local reading minus UTC, in milliseconds. */
  offsetMs: number
}

/**
 * The stretches of constant offset from an instant on, without end; the first one contains the instant.
 * @throws DomainError `invalid` outside the years 1 to 9999
 */
export function* segmentsFrom(timeZone: string, at: Instant): Generator<OffsetSegment, never> {
  for (let block = Math.floor(at / BLOCK_MS); ; block++) {
    for (const segment of blockSegments(timeZone, block)) {
      if (segment.to > at) yield segment
    }
  }
}

/** What the wall clock of a zone reads at an instant. */
export function civilAt(timeZone: string, at: Instant): CivilMs {
  return at + offsetAt(timeZone, at)
}

/** Whether a local day ends at an instant, which then is 24:00 of that day and 00:00 of the next. */
export function endsDay(timeZone: string, at: Instant): boolean {
  // One millisecond earlier tells the day that ends, also where a clock change leaves midnight out.
  return dayOf(civilAt(timeZone, at - 1)) < dayOf(civilAt(timeZone, at))
}

/** The offset of a zone from UTC at an instant, in milliseconds. */
export function offsetAt(timeZone: string, at: Instant): number {
  return segmentsFrom(timeZone, at).next().value.offsetMs
}

/**
 * The instant at which a zone's wall clock reads so: the earlier one when it does twice;
 * when it never does, the reading moves forward by the gap.
 */
export function instantOfCivil(timeZone: string, civil: CivilMs): Instant {
  let offsetBefore = 0
  for (const { from, to, offsetMs } of segmentsFrom(timeZone, civil - MAX_OFFSET_MS)) {
    const at = civil - offsetMs
    if (at < from) return civil - offsetBefore
    if (at < to) return at
    offsetBefore = offsetMs
  }
  throw new Error('segments have no end')
}

/** Civil dates that a zone leaves out between two instants, as Apia did with 30 December 2011. */
export function skippedDays(timeZone: string, from: Instant, to: Instant): CivilDay[] {
  const skipped: CivilDay[] = []
  let wallBefore: CivilMs | undefined
  for (const segment of segmentsFrom(timeZone, from)) {
    if (segment.from > to) break
    if (wallBefore !== undefined) {
      const firstWhole = Math.ceil(wallBefore / DAY_MS)
      for (let day = firstWhole; day < dayOf(segment.from + segment.offsetMs); day++) skipped.push(day)
    }
    wallBefore = segment.to + segment.offsetMs
  }
  return skipped
}

/** No zone was ever further than this from UTC. */
const MAX_OFFSET_MS = DAY_MS

/** Segments are found and kept in blocks of this length, so that a clock pays for its own years only. */
const BLOCK_MS = 366 * DAY_MS

/** The shortest time that any zone ever kept an offset and then went back is 6 days and 23 hours (Gaza, Recife). */
const SAMPLE_MS = 6 * DAY_MS

const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z')
const LAST_INSTANT = Date.parse('9999-12-31T00:00:00Z')

const blocksByZone = new Map<string, Map<number, OffsetSegment[]>>()

function blockSegments(timeZone: string, block: number): OffsetSegment[] {
  const blocks = blocksByZone.getOrInsertComputed(timeZone, () => new Map<number, OffsetSegment[]>())
  return blocks.getOrInsertComputed(block, () => findSegments(timeZone, block * BLOCK_MS))
}

/** Samples the offset and bisects where it differs, because only offsets are the same on every platform. */
function findSegments(timeZone: string, from: Instant): OffsetSegment[] {
  const to = from + BLOCK_MS
  if (from < FIRST_INSTANT || to > LAST_INSTANT) {
    throw new DomainError('invalid', 'Clocks run between the years 1 and 9999 only.')
  }
  const segments: OffsetSegment[] = []
  let current: OffsetSegment = { from, to, offsetMs: platformOffset(timeZone, from) }
  let known = from
  while (known < to) {
    const sample = Math.min(known + SAMPLE_MS, to)
    // The block's own end belongs to the next block, so the last look is one millisecond earlier.
    const look = sample === to ? to - 1 : sample
    if (platformOffset(timeZone, look) === current.offsetMs) {
      known = sample
      continue
    }
    const change = firstOther(timeZone, known, look, current.offsetMs)
    segments.push({ ...current, to: change })
    current = { from: change, to, offsetMs: platformOffset(timeZone, change) }
    known = change
  }
  return [...segments, current]
}

/** The instant in `(same, other]` at which the offset stops being this one. */
function firstOther(timeZone: string, same: Instant, other: Instant, offsetMs: number): Instant {
  let [low, high] = [same, other]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (platformOffset(timeZone, middle) === offsetMs) low = middle
    else high = middle
  }
  return high
}

function platformOffset(timeZone: string, at: Instant): number {
  const { offsetNanoseconds } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  return Math.round(offsetNanoseconds / 1e6)
}
