/** One thing to measure: a file of its own, and a line in `main.ts`. */
export interface Bench {
  /** What it is called on the command line. */
  name: string
  /** One sentence for `--help` and above the table. */
  description: string
  /**
   * Does the work so many times, in processes of its own.
   * @throws BenchFailure if the work is not done, or done wrongly: a fast failure is no figure
   */
  measure(runs: number, options: BenchOptions): Promise<Report>
}

export interface BenchOptions {
  /** The folder of a static site that is looked at beside ours. */
  beside?: string
}

/** What came out, for people, and whether it is as it has to be. */
export interface Report {
  table: string[]
  isWithinBudget: boolean
}

/** How long some work takes, of which so many units are done a run. */
export interface Measurement {
  kind: string
  /** How many units each run has done. */
  count: number
  /** Wall time of each run. */
  seconds: number[]
  budgetSeconds: number
}

/** What was to be measured did not do its work; the message is a sentence about it. */
export class BenchFailure extends Error {}

/** By the median, so that neither a lucky run nor a busy moment of the machine decides. */
export function isWithinBudget({ seconds, budgetSeconds }: Measurement): boolean {
  return median(seconds) < budgetSeconds
}

/** What is held against a time. `unit` is what is counted, for instance lines. */
export function timesReport(unit: string, measurements: Measurement[]): Report {
  const rows = measurements.map((measurement) => {
    const { kind, count, seconds, budgetSeconds } = measurement
    return [
      kind,
      String(count),
      Math.min(...seconds).toFixed(2),
      median(seconds).toFixed(2),
      (count / median(seconds)).toFixed(0),
      `${isWithinBudget(measurement) ? 'under' : 'OVER'} ${budgetSeconds} s`,
    ]
  })
  return {
    table: tableOf(['kind', unit, 'best s', 'median s', `${unit}/s`, 'budget'], rows),
    isWithinBudget: measurements.every(isWithinBudget),
  }
}

/** A table for people, its columns aligned: words to the left, first and last, and numbers to the right. */
export function tableOf(head: string[], rows: string[][]): string[] {
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const isWords = (column: number) => column === 0 || column === head.length - 1
  return [head, ...rows].map((row) => {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0
      return isWords(column) ? cell.padEnd(width) : cell.padStart(width)
    })
    return cells.join('  ').trimEnd()
  })
}

/** The middle one of an odd number of runs, halfway between the middle two of an even number. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN
  return (lower + upper) / 2
}

/** Which of the values so large a share of them does not exceed. */
export function percentile(values: number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN
}
