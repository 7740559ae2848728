import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import type { AppContext } from '../context.ts'

/** So many wrong tries for one account, and from one address, in ten minutes, per process. */
export const TRIES_PER_ACCOUNT = 10
export const TRIES_PER_ADDRESS = 50
const WINDOW_SECONDS = 600

/** Slows down whoever guesses: too many wrong tries, and each further one has to wait, right or wrong. */
export class Limits {
  readonly #accounts = new RateLimiterMemory({ points: TRIES_PER_ACCOUNT, duration: WINDOW_SECONDS })
  readonly #addresses = new RateLimiterMemory({ points: TRIES_PER_ADDRESS, duration: WINDOW_SECONDS })

  /**
   * Counts a try as a wrong one until it turns out right.
   * @returns how many seconds to wait, when there were too many
   */
  async begin({ account, address }: Try): Promise<number | undefined> {
    return (await secondsToWait(this.#addresses, address)) ?? (await secondsToWait(this.#accounts, account))
  }

  /** It was right: the tries before it are forgotten. */
  async succeed({ account, address }: Try): Promise<void> {
    await this.#accounts.delete(account)
    if (address !== null) await this.#addresses.reward(address)
  }
}

/** Whose account is tried, and from where; null where the address says nothing. */
export interface Try {
  account: string
  address: string | null
}

const limits = new WeakMap<AppContext, Limits>()

/** Those of a process, for as long as it runs. */
export function limitsOf(ctx: AppContext): Limits {
  const known = limits.get(ctx) ?? new Limits()
  limits.set(ctx, known)
  return known
}

async function secondsToWait(limiter: RateLimiterMemory, key: string | null): Promise<number | undefined> {
  if (key === null) return undefined
  try {
    await limiter.consume(key)
    return undefined
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal
    return Math.ceil(refusal.msBeforeNext / 1_000)
  }
}
