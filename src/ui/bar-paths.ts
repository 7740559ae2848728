import type { DayBar } from '../domain/status-page/views.ts'

/** One day is ten units wide; the tallest bar is as high as the row. */
export const DAY_WIDTH = 10
export const BARS_HEIGHT = 32

type BarStatus = DayBar['status']

/** Everything of one state in a row of bars, as one path. */
export interface BarPath {
  status: BarStatus
  d: string
}

/**
 * A row of days as one path per state, oldest day at the left. Height and shape say the state without colour.
 * Working days and days without data are strokes that the style sheet dashes, so that a quiet row is a few bytes.
 */
export function barPaths(days: readonly Pick<DayBar, 'status'>[]): BarPath[] {
  const paths = new Map<BarStatus, string>()
  for (const { status, from, length } of runs(days)) {
    const x = from * DAY_WIDTH
    let d = paths.get(status) ?? ''
    if (status === 'operational') d += `M${x} 26h${length * DAY_WIDTH}`
    else if (status === 'no_data') d += `M${x} 30h${length * DAY_WIDTH}`
    else for (let day = 0; day < length; day += 1) d += SHAPES[status](x + day * DAY_WIDTH)
    paths.set(status, d)
  }
  return [...paths].map(([status, d]) => ({ status, d }))
}

const SHAPES: Record<Exclude<BarStatus, 'operational' | 'no_data'>, (x: number) => string> = {
  under_maintenance: (x) => `M${x + 2.25} 31.25v-13h5.5v13z`,
  degraded_performance: (x) => `M${x + 1.5} 32v-18l3.5 6l3.5-6v18z`,
  partial_outage: (x) => `M${x + 1.5} 32v-22h7v22z`,
  major_outage: (x) => `M${x + 0.75} 32v-32h8.5v32z`,
}

/** Neighbouring days of one state, joined. */
function runs(
  days: readonly Pick<DayBar, 'status'>[],
): { status: BarStatus; from: number; length: number }[] {
  const joined: { status: BarStatus; from: number; length: number }[] = []
  for (const [index, { status }] of days.entries()) {
    const last = joined.at(-1)
    if (last?.status === status) last.length += 1
    else joined.push({ status, from: index, length: 1 })
  }
  return joined
}
