import { expect, test } from 'vitest'
import { pageNumber } from '../../src/lib/page-number.ts'

test.each([
  ['', 1],
  ['?page=1', 1],
  ['?page=', 1],
  ['?page=12', 12],
  ['?page=0', undefined],
  ['?page=-1', undefined],
  ['?page=1e3', undefined],
  ['?page=999999', undefined],
])('the page number of /history%s is %s', (query, number) => {
  expect(pageNumber(new URL(`https://status.example/history${query}`))).toBe(number)
})
