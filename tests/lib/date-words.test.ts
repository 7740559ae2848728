import { describe, expect, test } from 'vitest'
import { instantWords, localDateWords, monthWords, spanWords, zoneWord } from '../../src/lib/date-words.ts'

describe('an instant in words', () => {
  test.each([
    ['2026-11-13T14:30:00Z', 'Asia/Kolkata', 'Friday 13 November, 20:00 IST'],
    ['2026-11-13T18:30:00Z', 'Asia/Kolkata', 'Saturday 14 November, 00:00 IST'],
    ['2026-07-01T12:00:00Z', 'Europe/Berlin', 'Wednesday 1 July, 14:00 CEST'],
    ['2026-11-01T05:30:00Z', 'America/New_York', 'Sunday 1 November, 01:30 EDT'],
    ['2026-11-01T06:30:00Z', 'America/New_York', 'Sunday 1 November, 01:30 EST'],
    ['2026-01-01T00:00:00Z', 'Asia/Tokyo', 'Thursday 1 January, 09:00 GMT+9'],
    ['2026-01-01T00:00:00Z', 'UTC', 'Thursday 1 January, 00:00 UTC'],
  ])('%s in %s is %s', (iso, zone, words) => {
    expect(instantWords(Date.parse(iso), zone)).toBe(words)
  })

  test('names the year where it is asked to', () => {
    expect(instantWords(Date.parse('2026-11-13T14:30:00Z'), 'UTC', { year: true })).toBe(
      'Friday 13 November 2026, 14:30 UTC',
    )
  })
})

test.each([
  ['2026-10-23T06:14:00Z', '2026-10-23T08:55:00Z', 'UTC', 'Friday 23 October, 06:14', '–08:55 UTC'],
  ['2026-10-23T16:14:00Z', '2026-10-23T18:25:00Z', 'Asia/Kolkata', 'Friday 23 October, 21:44', '–23:55 IST'],
  [
    '2026-10-23T18:00:00Z',
    '2026-10-23T18:30:00Z',
    'Asia/Kolkata',
    'Friday 23 October, 23:30 IST',
    ' – Saturday 24 October, 00:00 IST',
  ],
  [
    '2026-11-01T05:30:00Z',
    '2026-11-01T06:45:00Z',
    'America/New_York',
    'Sunday 1 November, 01:30 EDT',
    ' – 01:45 EST',
  ],
])('a stretch from %s to %s in %s says day and zone once where it can', (from, until, zone, start, end) => {
  expect(spanWords(Date.parse(from), Date.parse(until), zone)).toEqual([start, end])
})

test.each([
  ['2026-10-23T06:14:00Z', '2026-10-23T08:55:00Z', 'Friday 23 October 2026, 06:14', '–08:55 UTC'],
  [
    '2025-12-31T23:30:00Z',
    '2026-01-01T01:00:00Z',
    'Wednesday 31 December 2025, 23:30 UTC',
    ' – Thursday 1 January 2026, 01:00 UTC',
  ],
])('a stretch from %s to %s says the year with each of its days', (from, until, start, end) => {
  expect(spanWords(Date.parse(from), Date.parse(until), 'UTC', { year: true })).toEqual([start, end])
})

test('a zone is named as its own region names it', () => {
  const names = ['Australia/Sydney', 'Pacific/Auckland', 'Africa/Johannesburg', 'America/Los_Angeles']
  expect(names.map((zone) => zoneWord(Date.parse('2026-11-13'), zone))).toEqual([
    'AEDT',
    'NZDT',
    'SAST',
    'PST',
  ])
})

test('local dates and months stand without a zone', () => {
  expect(localDateWords('2024-02-29')).toBe('Thursday 29 February')
  expect(localDateWords('2024-02-29', { year: true })).toBe('Thursday 29 February 2024')
  expect(monthWords('2026-11')).toBe('November 2026')
})
