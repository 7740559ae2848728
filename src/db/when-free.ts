import { setTimeout as delay } from 'node:timers/promises'
import { databaseRefusal, refusedAsBusy } from './refusal.ts'

/** How long whoever writes waits for those before, of this process and of others. */
const BUSY_LIMIT_MS = 5_000
const BUSY_RETRY_MS = 20

/** Begins to count how long somebody waits. */
export function startWaiting(): AbortSignal {
  return AbortSignal.timeout(BUSY_LIMIT_MS)
}

/**
 * Runs something, and again while it finds the database busy: it must leave nothing behind when it fails. The waiting
 * is done in JavaScript, so that readers in this process never stand still.
 * @throws DomainError `busy` when the time for waiting is over
 */
export async function whenFree<Result>(run: () => Promise<Result>, waiting: AbortSignal): Promise<Result> {
  for (;;) {
    if (waiting.aborted) throw refusedAsBusy()
    try {
      return await run()
    } catch (error) {
      if (databaseRefusal(error)?.code !== 'busy') throw error
    }
    await delay(BUSY_RETRY_MS)
  }
}
