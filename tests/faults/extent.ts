/** Whether everything shall be tried, `npm run test:faults`, or what a minute has room for, as in `npm run test:all`. */
export const isFull = process.env.FAULTS === 'full'

/** How often something is done. */
export function times(often: { quick: number; full: number }): number {
  return isFull ? often.full : often.quick
}

/** The seed of whatever is left to chance; another one in each run, unless a run shall be repeated. */
export const seed = Number(process.env.FAULTS_SEED ?? Date.now() % 1_000_000)

/** Prints what a test has counted, as one line. */
export function report(fault: string, counted: Record<string, number | string>): void {
  const figures = Object.entries(counted).map(([what, value]) => `${value} ${what}`)
  process.stdout.write(`${fault}: ${figures.join(', ')}\n`)
}
