import { describe, expect, test } from 'vitest'
import { type Comparison, comparisonReport, type Figures } from '../../bench/comparison.ts'

const figures = (perSecond: number, p99Ms: number, cpuMicros: number | null = 20): Figures => {
  return { perSecond, p50Ms: 1, p99Ms, cpuMicros }
}

const compared = (runs: Comparison['runs'], leastOfNginx: number | null = null) =>
  comparisonReport([{ kind: '/', bytes: 5_464, leastOfNginx, runs }])

describe('a comparison with other servers', () => {
  test('is a line of an aligned table', () => {
    const runs = [
      { program: figures(9_000, 3, 22), bare: figures(10_000, 2), nginx: figures(15_000, 2, 11) },
      { program: figures(900, 30, 22), bare: figures(1_000, 20), nginx: figures(1_500, 20, 11) },
    ]
    expect(compared(runs, 0.55)).toEqual({
      table: [
        'kind  bytes  requests/s  of bare  of nginx  p50 ms  p99 ms  of bare  CPU µs  of bare  of nginx  budget',
        '/      5464        4950     0.90      0.60    1.00   16.50     1.50    22.0     1.10      2.00  ' +
          'within requests/s ≥ 0.9 of bare, ≥ 0.55 of nginx, p99 ≤ 1.5 of bare',
      ],
      isWithinBudget: true,
    })
  })

  test('is held against the median of the ratios of each run', () => {
    const [good, slow] = [figures(1_000, 2), figures(500, 2)]
    const isWithin = (...programs: Figures[]) =>
      compared(programs.map((program) => ({ program, bare: good, nginx: null }))).isWithinBudget
    expect([isWithin(good, slow, good), isWithin(good, slow, slow)]).toEqual([true, false])
    expect([isWithin(figures(1_000, 3)), isWithin(figures(1_000, 3.1))]).toEqual([true, false])
  })

  test('is held against nginx where that is wanted', () => {
    const runs = [{ program: figures(540, 2), bare: figures(500, 2), nginx: figures(1_000, 2) }]
    expect([compared(runs).isWithinBudget, compared(runs, 0.55).isWithinBudget]).toEqual([true, false])
  })

  test('does without nginx, and without processor time where the system does not tell it', () => {
    const [program, bare] = [figures(1_000, 2, null), figures(1_000, 2, null)]
    const { table, isWithinBudget } = compared([{ program, bare, nginx: null }], 0.55)
    expect(isWithinBudget).toBe(true)
    expect(table[1]).toMatch(/ {2}within requests\/s ≥ 0\.9 of bare, p99 ≤ 1\.5 of bare$/)
  })
})
