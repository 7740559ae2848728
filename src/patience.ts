import { setTimeout as delay } from 'node:timers/promises'

const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 30_000

/**
 * Tries until it succeeds, with growing pauses. `onFailure` hears of each failure before the pause.
 * @returns undefined when the signal ends it
 * @throws what `onFailure` throws
 */
export async function tryUntilDone<Done>(
  attempt: () => Promise<Done>,
  onFailure: (error: unknown, pauseMs: number) => Promise<void>,
  signal: AbortSignal,
): Promise<Done | undefined> {
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await attempt()
    } catch (error) {
      await onFailure(error, pauseMs)
    }
    await delay(pauseMs, undefined, { signal }).catch(() => undefined)
  }
  return undefined
}
