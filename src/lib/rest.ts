import { setTimeout as delay } from 'node:timers/promises'

/** Rests so many milliseconds, or until the signal comes: being woken early is how a stop reaches whoever rests. */
export async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
