import { expect, test } from 'vitest'
import { attainmentWords } from '../../../../src/domain/sla/record/attainment.ts'

test.each([
  [4, 0, '100 %'],
  [9_999, 1, '99.9 %'],
  [2, 1, '66.6 %'],
  [1, 1, '50.0 %'],
  [1, 1_999, '0.0 %'],
  [0, 3, '0 %'],
  [0, 0, 'nothing fell due'],
])('%i met and %i missed is %s: rounded down, and whole only when it is exact', (met, missed, words) => {
  expect(attainmentWords(met, missed)).toBe(words)
})
