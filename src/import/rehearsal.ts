import type { AppContext } from '../context.ts'
import type { Actor, Tx } from '../domain/tx.ts'

/**
 * Does a piece of work in a transaction and takes it back: what it came to is known, and nothing of it is kept. The
 * same code runs as in earnest, and others who write wait no longer for it.
 */
export async function rehearse<Result>(
  ctx: Pick<AppContext, 'write'>,
  actor: Actor,
  work: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  try {
    return await ctx.write(actor, async (tx) => {
      throw new TakenBack(await work(tx))
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.result as Result
    throw error
  }
}

class TakenBack extends Error {
  readonly result: unknown

  constructor(result: unknown) {
    super('This was a rehearsal.')
    this.result = result
  }
}
