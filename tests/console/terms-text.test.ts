import { describe, expect, test } from 'vitest'
import { parseTerm, TERM_EXAMPLES, termText } from '../../src/console/term-text.ts'
import { parseDates, parseWindows, windowsText } from '../../src/console/times-text.ts'

describe('a promise in a field', () => {
  test.for([
    ['4 hours', { hours: 4 }],
    ['1 hour', { hours: 1 }],
    ['1.5 h', { hours: 1.5 }],
    ['Within 24 hours', { hours: 24 }],
    ['3 business days', { bdays: 3 }],
    ['3 days', { bdays: 3 }],
    ['1 week', { weeks: 1 }],
    ['next release', { release: 'next' }],
    ['in the next release', { release: 'next' }],
    ['as seen fit', null],
    ['', undefined],
    ['4', undefined],
    ['-4 hours', undefined],
    ['soon', undefined],
    ['4 fortnights', undefined],
  ] as const)('“%s” is %j', ([text, term]) => {
    expect(parseTerm(text)).toEqual(term)
  })

  test('is read back as it is written', () => {
    expect(TERM_EXAMPLES.map((text) => termText(parseTerm(text) ?? null))).toEqual(TERM_EXAMPLES)
  })
})

describe('stretches of a day in a field', () => {
  test('are read back as they are written, with any dash', () => {
    const text = '09:00–12:00, 13:00–18:00'
    expect(windowsText(parseWindows(text, '/windows'))).toBe(text)
    expect(parseWindows('9:00 - 12:00\n13:00-24:00;', '/windows')).toEqual([
      ['09:00', '12:00'],
      ['13:00', '24:00'],
    ])
    expect(parseWindows('', '/windows')).toEqual([])
  })

  test('that are none are named', () => {
    expect(() => parseWindows('09:00–12:00, noon', '/windows')).toThrow('“noon”')
  })
})

test('dates in a field stand in order, each once', () => {
  expect(parseDates('2026-12-25, 2026-01-01\n2026-12-25')).toEqual(['2026-01-01', '2026-12-25'])
  expect(parseDates(' \n')).toEqual([])
})
