import { median, type Report, tableOf } from './bench.ts'

/** One server under one load. */
export interface Figures {
  perSecond: number
  p50Ms: number
  p99Ms: number
  /** Of all its threads, for each request; null where the system does not tell. */
  cpuMicros: number | null
}

/** The program and a bare server that does the same, each pair measured one after the other. */
export interface Comparison {
  kind: string
  runs: { program: Figures; bare: Figures }[]
}

/** Of what the bare server manages. */
const LEAST_THROUGHPUT = 0.9
const MOST_P99 = 1.5

const COLUMNS: { head: string; figure: keyof Figures; digits: number; hasRatio: boolean }[] = [
  { head: 'requests/s', figure: 'perSecond', digits: 0, hasRatio: true },
  { head: 'p50 ms', figure: 'p50Ms', digits: 2, hasRatio: false },
  { head: 'p99 ms', figure: 'p99Ms', digits: 2, hasRatio: true },
  { head: 'CPU µs', figure: 'cpuMicros', digits: 1, hasRatio: true },
]

/** Held against the bare server by throughput and by the slowest hundredth; processor time is only told. */
export function comparisonReport(comparisons: Comparison[]): Report {
  const head = COLUMNS.flatMap(({ head, hasRatio }) => [head, 'bare', ...(hasRatio ? ['ratio'] : [])])
  const rows = comparisons.map((comparison) => [
    comparison.kind,
    ...COLUMNS.flatMap(({ figure, digits, hasRatio }) => [
      medianOf(comparison, 'program', figure).toFixed(digits),
      medianOf(comparison, 'bare', figure).toFixed(digits),
      ...(hasRatio ? [ratioOf(comparison, figure).toFixed(2)] : []),
    ]),
    `${isWithin(comparison) ? 'within' : 'OVER'} requests/s ≥ ${LEAST_THROUGHPUT}, p99 ≤ ${MOST_P99}`,
  ])
  return { table: tableOf(['kind', ...head, 'budget'], rows), isWithinBudget: comparisons.every(isWithin) }
}

function isWithin(comparison: Comparison): boolean {
  return ratioOf(comparison, 'perSecond') >= LEAST_THROUGHPUT && ratioOf(comparison, 'p99Ms') <= MOST_P99
}

function medianOf({ runs }: Comparison, who: 'program' | 'bare', figure: keyof Figures): number {
  return median(runs.map((run) => run[who][figure] ?? Number.NaN))
}

/** Of the two that were measured one after the other, so that a busy minute of the machine is no part of it. */
function ratioOf({ runs }: Comparison, figure: keyof Figures): number {
  return median(
    runs.map(({ program, bare }) => (program[figure] ?? Number.NaN) / (bare[figure] ?? Number.NaN)),
  )
}
