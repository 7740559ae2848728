import { describe, expect, test } from 'vitest'
import { dayRange } from '../../src/console/day-range.ts'

describe('days that are asked for', () => {
  test('are whole ones of the page’s zone, the last included', () => {
    expect(dayRange('2026-11-12', '2026-11-12', 'Asia/Kolkata')).toEqual({
      from: Date.parse('2026-11-11T18:30:00Z'),
      until: Date.parse('2026-11-12T18:30:00Z'),
    })
  })

  test('may be open at either end', () => {
    expect(dayRange(undefined, undefined, 'UTC')).toEqual({})
    expect(dayRange('2026-11-12', undefined, 'UTC')).toEqual({ from: Date.parse('2026-11-12T00:00:00Z') })
  })

  test('that are none are said to be', () => {
    expect(dayRange('2026-02-30', undefined, 'UTC').wrong).toContain('2026-02-30')
    expect(dayRange('2026-11-12', '2026-11-11', 'UTC').wrong).toBe('The first day comes after the last.')
  })
})
