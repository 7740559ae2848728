import { describe, expect, test } from 'vitest'
import { comparisonReport, type Figures } from '../../bench/comparison.ts'

const figures = (perSecond: number, p99Ms: number, cpuMicros: number | null = 20): Figures => {
  return { perSecond, p50Ms: 1, p99Ms, cpuMicros }
}

describe('a comparison with a bare server', () => {
  test('is a line of an aligned table', () => {
    const runs = [
      { program: figures(9_000, 3, 22), bare: figures(10_000, 2) },
      { program: figures(900, 30, 22), bare: figures(1_000, 20) },
    ]
    expect(comparisonReport([{ kind: '/', runs }])).toEqual({
      table: [
        'kind  requests/s  bare  ratio  p50 ms  bare  p99 ms   bare  ratio  CPU µs  bare  ratio  budget',
        '/           4950  5500   0.90    1.00  1.00   16.50  11.00   1.50    22.0  20.0   1.10  within requests/s ≥ 0.9, p99 ≤ 1.5',
      ],
      isWithinBudget: true,
    })
  })

  test('is held against the median of the ratios of each pair', () => {
    const [good, slow] = [figures(1_000, 2), figures(500, 2)]
    const isWithin = (...programs: Figures[]) =>
      comparisonReport([{ kind: '/', runs: programs.map((program) => ({ program, bare: good })) }])
        .isWithinBudget
    expect([isWithin(good, slow, good), isWithin(good, slow, slow)]).toEqual([true, false])
    expect([isWithin(figures(1_000, 3)), isWithin(figures(1_000, 3.1))]).toEqual([true, false])
  })

  test('does without processor time where the system does not tell it', () => {
    const runs = [{ program: figures(1_000, 2, null), bare: figures(1_000, 2, null) }]
    expect(comparisonReport([{ kind: '/', runs }])).toMatchObject({ isWithinBudget: true })
  })
})
