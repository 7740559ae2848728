import { startWaiting } from './when-free.ts'

/**
 * Writes of one process, one after another: however many wait, they hold one connection, and readers the others.
 * How long somebody waits is counted from the arrival, so that whoever stands behind others does not wait anew.
 */
export class WriteLine {
  #last: Promise<unknown> = Promise.resolve()

  /** Runs `write` when all before it have ended; `afterwards`, if given, before the next one, whose answer can wait. */
  enter<Result>(
    write: (waiting: AbortSignal) => Promise<Result>,
    afterwards: () => Promise<void> = async () => undefined,
  ): Promise<Result> {
    const waiting = startWaiting()
    const turn = this.#last.then(() => write(waiting))
    // A write that fails is its caller's to hear of; the next one begins all the same.
    this.#last = turn.then(afterwards, () => undefined)
    return turn
  }

  /** Resolves when nobody is left in line. */
  async emptied(): Promise<void> {
    await this.#last
  }
}
