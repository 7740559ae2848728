import { expect, test } from 'vitest'
import { csv } from '../../src/lib/csv.ts'

test('lines end in CRLF, the last one too, and nothing is an empty cell', () => {
  expect(
    csv([
      ['month', 'met', 'share'],
      ['2026-11', 3, 66.6],
      ['2026-10', 0, null],
    ]),
  ).toBe('month,met,share\r\n2026-11,3,66.6\r\n2026-10,0,\r\n')
  expect(csv([])).toBe('')
})

test.each([
  ['a comma', 'one, two', '"one, two"'],
  ['a quote', 'the "till"', '"the ""till"""'],
  ['a line break', 'one\ntwo', '"one\ntwo"'],
  ['nothing of the kind', 'plain – text', 'plain – text'],
])('a text with %s is told from its surroundings', (_, text, cell) => {
  expect(csv([[text, 1]])).toBe(`${cell},1\r\n`)
})

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx'])('%j is text and no formula', (text) => {
  expect(csv([[text]])).toBe(`'${text}\r\n`)
})

test('a formula that needs quotes is text as well, and a negative number stays a number', () => {
  expect(csv([['=HYPERLINK("x")', -1]])).toBe(`"'=HYPERLINK(""x"")",-1\r\n`)
  expect(csv([['\r=1']])).toBe(`"'\r=1"\r\n`)
})
