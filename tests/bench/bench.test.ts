import { execFile } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { isWithinBudget, type Measurement, median, timesReport } from '../../bench/bench.ts'

const measured = (seconds: number[], differences: Partial<Measurement> = {}): Measurement => {
  return { kind: 'short', count: 10_000, seconds, budgetSeconds: 2, ...differences }
}

describe('a measurement', () => {
  test.for<[number[], number]>([
    [[3], 3],
    [[5, 1, 3], 3],
    [[4, 1, 2, 10], 3],
  ])('of %j has the median %d', ([seconds, expected]) => {
    expect(median(seconds)).toBe(expected)
  })

  test('is held against its budget by the median, which must be below', () => {
    expect(isWithinBudget(measured([1.9, 9, 1]))).toBe(true)
    expect(isWithinBudget(measured([2, 2, 1]))).toBe(false)
  })

  test('is a line of an aligned table', () => {
    const long = measured([2.5, 2.5], { kind: 'rather long', count: 500 })
    const { table, isWithinBudget: isAllWithin } = timesReport('lines', [measured([1, 1.25, 1.5]), long])
    expect(isAllWithin).toBe(false)
    expect(table).toEqual([
      'kind         lines  best s  median s  lines/s  budget',
      'short        10000    1.00      1.25     8000  under 2 s',
      'rather long    500    2.50      2.50      200  OVER 2 s',
    ])
  })
})

describe('npm run bench', () => {
  test('explains itself and names every bench', async () => {
    const { code, stdout } = await runBench('--help')
    expect(code).toBe(0)
    expect(stdout).toContain('Usage: npm run -s bench -- [options] [names...]')
    expect(stdout).toContain('\n  sla-deadlines ')
  })

  test('refuses an unknown name before it measures anything', async () => {
    expect(await runBench('sla-deadlines', 'speed')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'There is no bench “speed”. There is: start, first-view, page-cache, rendering, posting, published-copy, processes, sla-deadlines.\n',
    })
  })

  test('refuses to measure less than once', async () => {
    const { code, stderr } = await runBench('--runs', '0')
    expect(code).toBe(1)
    expect(stderr).toContain('whole number from 1 to 1000')
  })
})

function runBench(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, ['bench/main.ts', ...args], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr })
    })
  })
}
