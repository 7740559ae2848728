import type { ChartRow, GoalChart } from './goal-chart.ts'

/** How to read a chart, in sentences: what is drawn in it and nothing else. */
export function chartLegend({ rows, excluded, severities }: GoalChart, timeZone: string): string {
  const some = (has: (row: ChartRow) => boolean) => rows.some(has)
  const parts = [
    some(({ atRisk }) => atRisk !== null) && 'at a triangle three quarters are used',
    some(({ planned }) => planned !== null) && 'a broken bar is where the next release is planned',
    some(({ withdrawn }) => withdrawn.length > 0) && 'a ring is what did not hold',
    some(({ late }) => late !== null) && 'red is late',
  ].filter((part) => part !== false)
  const sentences = [
    ['Drawn to scale from the start of the clock, a dot, to the deadline, a bar', ...parts].join('; '),
    excluded.length > 0 && 'Hatched time is not counted',
    some(({ pauses }) => pauses.length > 0) && 'In dotted time the clock was paused',
    severities.length > 0 && 'A line through all three is a change of severity',
    `Days are those of ${timeZone}`,
  ]
  return sentences
    .filter((sentence) => sentence !== false)
    .map((sentence) => `${sentence}.`)
    .join(' ')
}
