import { expect, test } from 'vitest'
import { type Compared, firstViewReport } from '../../bench/first-view.ts'

const seen = (page: string, largestPaintMs: number, more = {}): Compared => ({
  device: 'phone',
  page,
  visits: [{ requests: 2, bytes: 14_000, firstPaintMs: 800, largestPaintMs, shift: 0, ...more }],
})

test('a first view is told beside the other page', () => {
  expect(firstViewReport([seen('ours', 900), seen('beside', 950, { requests: 22, shift: 0.064 })])).toEqual({
    table: [
      'page           requests  bytes  first paint ms  largest ms  best  shift  budget',
      'ours, phone           2  14000             800         900   900  0.000  ' +
        'within 3 requests, 20 kB, no shift, painted no later',
      'beside, phone        22  14000             800         950   950  0.064',
    ],
    isWithinBudget: true,
  })
})

test.for([
  ['paints later than the page beside it', [seen('ours', 951), seen('beside', 950)]],
  ['asks for more', [seen('ours', 900, { requests: 4 })]],
  ['weighs more', [seen('ours', 900, { bytes: 20_001 })]],
  ['moves', [seen('ours', 900, { shift: 0.001 })]],
] as const)('one that %s is over its budget', ([, compared]) => {
  const { table, isWithinBudget } = firstViewReport([...compared])
  expect([isWithinBudget, table[1]?.includes('OVER')]).toEqual([false, true])
})
