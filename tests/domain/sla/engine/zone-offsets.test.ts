import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseDate } from '../../../../src/domain/sla/engine/civil-time.ts'
import {
  civilAt,
  instantOfCivil,
  offsetAt,
  segmentsFrom,
  skippedDays,
} from '../../../../src/domain/sla/engine/zone-offsets.ts'
import { DomainError } from '../../../../src/errors.ts'
import { MINUTE_MS } from '../../../../src/lib/instant.ts'
import { clockChanges, FIRST_INSTANT, LAST_INSTANT, SEED, situationsWith, ZONES } from './situations.ts'
import { zoned } from './zoned.ts'

const anywhere = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
const anytime = fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2060, 0) })

describe('the offset of a zone', () => {
  test('is the platform’s, at any instant in any zone', () => {
    fc.assert(
      fc.property(anywhere, anytime, (zone, at) => {
        expect(offsetAt(zone, at)).toBe(platformOffset(zone, at))
      }),
      { numRuns: 300 },
    )
  })

  test('changes at the very millisecond, in the zone that changes oftenest', () => {
    // Gaza goes back for Ramadan: 6 days and 23 hours later in autumn 2040 it is winter for good.
    const segments = changes('Asia/Gaza', '2040-01-01T00:00:00Z', 6)
    expect(segments).toHaveLength(6)
    for (const { from, offsetMs } of segments) {
      expect(platformOffset('Asia/Gaza', from)).toBe(offsetMs)
      expect(platformOffset('Asia/Gaza', from - 1)).not.toBe(offsetMs)
    }
  })

  test.for(ZONES)('changes in %s exactly when the platform says so', (zone) => {
    const found: number[] = []
    let offsetMs = offsetAt(zone, FIRST_INSTANT)
    for (const segment of segmentsFrom(zone, FIRST_INSTANT)) {
      if (segment.from > LAST_INSTANT) break
      if (segment.offsetMs !== offsetMs) found.push(segment.from)
      offsetMs = segment.offsetMs
    }
    expect(found).toEqual(clockChanges(zone))
  })

  test('is refused outside the years that have calendars', () => {
    expect(() => offsetAt('UTC', -8.64e15)).toThrow(DomainError)
    expect(() => offsetAt('UTC', 8.64e15)).toThrow(DomainError)
  })
})

describe('a reading of the clock', () => {
  test('is the platform’s instant, at any time in any zone', () => {
    fc.assert(
      fc.property(anywhere, anytime, (zone, civil) => {
        expect(instantOfCivil(zone, civil)).toBe(platformInstant(zone, civil))
      }),
      { numRuns: 300 },
    )
  })

  test.for([
    ['Europe/London', '2026-03-29T01:30'],
    ['Europe/London', '2026-10-25T01:30'],
    ['Australia/Lord_Howe', '2026-10-04T02:15'],
    ['America/St_Johns', '2006-04-02T00:01'],
    ['America/St_Johns', '2006-10-28T23:30'],
    ['Pacific/Apia', '2011-12-30T10:00'],
    ['Africa/Cairo', '2026-04-24T00:00'],
  ])('is the platform’s instant in %s at %s', ([zone = '', reading = '']) => {
    expect(instantOfCivil(zone, Date.parse(`${reading}:00Z`))).toBe(zoned(zone, reading))
  })
})

describe('a reading near a clock change', () => {
  const minutes = fc.integer({ min: -180, max: 180 })
  const near = situationsWith(() => ({ shift: minutes.map((count) => count * MINUTE_MS) }))

  test('is the platform’s instant, whether the clock reads so once, twice or never', () => {
    fc.assert(
      fc.property(near, ({ calendar: { timeZone }, start, shift }) => {
        const civil = civilAt(timeZone, start) + shift
        expect(instantOfCivil(timeZone, civil)).toBe(platformInstant(timeZone, civil))
      }),
      { numRuns: 1_600, seed: SEED },
    )
  })

  test('leads back to the instant, or to the earlier one that reads the same', () => {
    fc.assert(
      fc.property(near, ({ calendar: { timeZone }, start }) => {
        const civil = civilAt(timeZone, start)
        const at = instantOfCivil(timeZone, civil)
        expect(at).toBeLessThanOrEqual(start)
        expect(civilAt(timeZone, at)).toBe(civil)
      }),
      { numRuns: 1_600, seed: SEED },
    )
  })
})

describe('a date that a zone leaves out', () => {
  const apia = (from: string, to: string) => {
    return skippedDays('Pacific/Apia', zoned('Pacific/Apia', from), zoned('Pacific/Apia', to))
  }

  test('is known between the instants around it', () => {
    expect(apia('2011-12-29T10:00', '2011-12-31T10:00')).toEqual([parseDate('2011-12-30')])
  })

  test('is not met before and after', () => {
    expect(apia('2011-12-28T10:00', '2011-12-29T10:00')).toEqual([])
    expect(apia('2011-12-31T00:00', '2012-06-01T10:00')).toEqual([])
  })

  test('is none where an hour is left out', () => {
    expect(skippedDays('Europe/London', Date.UTC(2026, 0), Date.UTC(2027, 0))).toEqual([])
  })
})

/** The first stretches that begin with a change of the offset. */
function changes(zone: string, from: string, count: number) {
  const found = []
  let offsetBefore: number | undefined
  for (const segment of segmentsFrom(zone, Date.parse(from))) {
    if (offsetBefore !== undefined && segment.offsetMs !== offsetBefore) found.push(segment)
    offsetBefore = segment.offsetMs
    if (found.length === count) break
  }
  return found
}

function platformOffset(zone: string, at: number): number {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6
}

function platformInstant(zone: string, civil: number): number {
  const reading = Temporal.PlainDateTime.from(new Date(civil).toISOString().slice(0, -1))
  return reading.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds
}
