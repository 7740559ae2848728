import { median, type Report, tableOf } from './bench.ts'

/** One server under one load. */
export interface Figures {
  perSecond: number
  p50Ms: number
  p99Ms: number
  /** Of all its threads, for each request; null where the system does not tell. */
  cpuMicros: number | null
}

/** Servers that send the same bytes, measured one after the other in each run. */
export interface Comparison {
  kind: string
  /** Of the body, as it goes over the line. */
  bytes: number
  /** The least throughput as a share of nginx's; null where that is only told. */
  leastOfNginx: number | null
  runs: (Record<'program' | 'bare', Figures> & { nginx: Figures | null })[]
}

const LEAST_OF_BARE = 0.9
const MOST_P99_OF_BARE = 1.5

const HEAD = [
  ...['kind', 'bytes', 'requests/s', 'of bare', 'of nginx', 'p50 ms', 'p99 ms', 'of bare'],
  ...['CPU µs', 'of bare', 'of nginx', 'budget'],
]

/** Held against the others by throughput and by the slowest hundredth; processor time is only told. */
export function comparisonReport(comparisons: Comparison[]): Report {
  const rows = comparisons.map((comparison) => {
    const told = (figure: keyof Figures, digits: number) =>
      median(comparison.runs.map((run) => run.program[figure] ?? Number.NaN)).toFixed(digits)
    const ratio = (figure: keyof Figures, to: 'bare' | 'nginx') => shown(ratioOf(comparison, figure, to))
    return [
      comparison.kind,
      String(comparison.bytes),
      ...[told('perSecond', 0), ratio('perSecond', 'bare'), ratio('perSecond', 'nginx')],
      ...[told('p50Ms', 2), told('p99Ms', 2), ratio('p99Ms', 'bare')],
      ...[told('cpuMicros', 1), ratio('cpuMicros', 'bare'), ratio('cpuMicros', 'nginx')],
      `${isWithin(comparison) ? 'within' : 'OVER'} ${budgetWords(comparison)}`,
    ]
  })
  return { table: tableOf(HEAD, rows), isWithinBudget: comparisons.every(isWithin) }
}

function budgetWords({ leastOfNginx, runs }: Comparison): string {
  const nginx =
    leastOfNginx === null || runs.some(({ nginx }) => nginx === null) ? '' : ` ≥ ${leastOfNginx} of nginx,`
  return `requests/s ≥ ${LEAST_OF_BARE} of bare,${nginx} p99 ≤ ${MOST_P99_OF_BARE} of bare`
}

function isWithin(comparison: Comparison): boolean {
  const ofNginx = ratioOf(comparison, 'perSecond', 'nginx')
  return (
    ratioOf(comparison, 'perSecond', 'bare') >= LEAST_OF_BARE &&
    ratioOf(comparison, 'p99Ms', 'bare') <= MOST_P99_OF_BARE &&
    // Where there is no nginx nothing is held against it.
    (comparison.leastOfNginx === null || Number.isNaN(ofNginx) || ofNginx >= comparison.leastOfNginx)
  )
}

/** Of those that were measured one after the other, so that a busy minute of the machine is no part of it. */
function ratioOf({ runs }: Comparison, figure: keyof Figures, to: 'bare' | 'nginx'): number {
  return median(runs.map((run) => (run.program[figure] ?? Number.NaN) / (run[to]?.[figure] ?? Number.NaN)))
}

function shown(ratio: number): string {
  return Number.isNaN(ratio) ? '–' : ratio.toFixed(2)
}
