/**
 * Begins to measure how long something takes, whatever the clock does meanwhile.
 * @returns what tells the milliseconds since then
 */
export function startStopwatch(): () => number {
  const startedAt = performance.now()
  return () => performance.now() - startedAt
}
