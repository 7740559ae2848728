import type { AppContext } from '../context.ts'
import { countWrongTry, forgetWrongTries, readWrongTries } from '../domain/staff/wrong-tries.ts'
import type { Actor, Reader, Tx } from '../domain/tx.ts'
import { networkOf } from '../lib/client-address.ts'
import type { Instant } from '../lib/instant.ts'
import { nameFor } from './secrets.ts'

/**
 * So many wrong tries for one account, and from one address or network of IPv6, in ten minutes, whichever process is
 * asked.
 */
export const TRIES_PER_ACCOUNT = 10
export const TRIES_PER_ADDRESS = 50

/**
 * By what wrong tries are counted: whose account it is, and from where, where that says something. Both are names that
 * say nothing of it, because in the place of an address people have typed their password.
 */
export interface Try {
  account: string
  address: string | null
}

/** What a try comes to. Too many wrong ones before it, and it has to wait, right or wrong. */
export type Tried<Got> =
  | { state: 'right'; got: Got }
  | { state: 'wrong' }
  | { state: 'slow'; seconds: number }

/** Until a try is right, nobody has shown who it is. */
const SOMEBODY: Actor = { kind: 'staff', id: null, name: 'somebody who signs in' }

export async function tryOf(
  ctx: AppContext,
  { account, address }: { account: string; address: string | null },
): Promise<Try> {
  return {
    account: await nameFor(ctx, 'wrong tries', `account ${account}`),
    address: address === null ? null : await nameFor(ctx, 'wrong tries', `address ${networkOf(address)}`),
  }
}

/** A try that somebody makes who is known: `take` is what it is for, in the transaction that counts it. */
export async function tryOnce<Got>(
  ctx: AppContext,
  actor: Actor,
  tried: Try,
  take: (tx: Tx) => Promise<Got | undefined>,
): Promise<Tried<Got>> {
  const slow = await slowed(ctx.read, tried, ctx.now())
  return slow ?? ctx.write(actor, (tx) => tryIn(tx, tried, take))
}

/**
 * A try that takes long to look at, which is over before the transaction begins: whoever guesses holds up no writer,
 * and writes no faster than passwords are compared.
 */
export async function trySlowly<Got>(
  ctx: AppContext,
  tried: Try,
  look: () => Promise<Got | undefined>,
): Promise<Tried<Got>> {
  // Nobody looks for who has to wait anyway.
  const slow = await slowed(ctx.read, tried, ctx.now())
  if (slow !== undefined) return slow
  const got = await look()
  return ctx.write(SOMEBODY, (tx) => tryIn(tx, tried, async () => got))
}

/**
 * Writers stand in line, so of many tries at once, in however many processes, no more than are allowed ever learn
 * whether they were right.
 */
async function tryIn<Got>(
  tx: Tx,
  tried: Try,
  take: (tx: Tx) => Promise<Got | undefined>,
): Promise<Tried<Got>> {
  const slow = await slowed(tx.db, tried, tx.now)
  if (slow !== undefined) return slow
  const got = await take(tx)
  if (got === undefined) {
    await countWrongTry(tx, keysOf(tried))
    return { state: 'wrong' }
  }
  await forgetWrongTries(tx, tried.account)
  return { state: 'right', got }
}

async function slowed(
  reader: Reader,
  tried: Try,
  now: Instant,
): Promise<{ state: 'slow'; seconds: number } | undefined> {
  const wrong = await readWrongTries(reader, keysOf(tried), now)
  const most = (key: string) => (key === tried.account ? TRIES_PER_ACCOUNT : TRIES_PER_ADDRESS)
  const ends = [...wrong].flatMap(([key, { tries, endsAt }]) => (tries >= most(key) ? endsAt : []))
  if (ends.length === 0) return undefined
  return { state: 'slow', seconds: Math.ceil((Math.max(...ends) - now) / 1_000) }
}

function keysOf({ account, address }: Try): string[] {
  return address === null ? [account] : [account, address]
}
