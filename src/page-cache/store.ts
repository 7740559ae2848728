import type { Entry } from './entry.ts'

interface Slot {
  entry: Entry
  /** Whether somebody has asked for it since it was last looked at for its place. */
  isUsed: boolean
}

/**
 * Entries by key, within a number of bytes. Those that nobody asks for go first: the oldest one, unless it was used since
 * it was last the oldest, which gives it another round. Asking costs a look-up and no more.
 */
export class Store {
  readonly #slots = new Map<string, Slot>()
  readonly #maxBytes: number
  readonly #onGone: (key: string) => void
  #bytes = 0

  /** `onGone` hears of every key that has no entry any more. */
  constructor(maxBytes: number, onGone: (key: string) => void = () => undefined) {
    this.#maxBytes = maxBytes
    this.#onGone = onGone
  }

  get bytes(): number {
    return this.#bytes
  }

  get size(): number {
    return this.#slots.size
  }

  get(key: string): Entry | undefined {
    const slot = this.#slots.get(key)
    if (slot === undefined) return undefined
    slot.isUsed = true
    return slot.entry
  }

  set(key: string, entry: Entry): void {
    this.#bytes += entry.weight - (this.#slots.get(key)?.entry.weight ?? 0)
    this.#slots.delete(key)
    // Made for somebody who asks.
    this.#slots.set(key, { entry, isUsed: true })
    // A map keeps the order in which keys came, those that come back in here among them.
    for (const [oldest, slot] of this.#slots) {
      if (this.#bytes <= this.#maxBytes) break
      this.#slots.delete(oldest)
      if (slot.isUsed) this.#slots.set(oldest, { ...slot, isUsed: false })
      else this.#drop(oldest, slot)
    }
  }

  delete(key: string): void {
    const slot = this.#slots.get(key)
    if (slot === undefined) return
    this.#slots.delete(key)
    this.#drop(key, slot)
  }

  *entries(): Generator<[key: string, entry: Entry]> {
    for (const [key, { entry }] of this.#slots) yield [key, entry]
  }

  #drop(key: string, { entry }: Slot): void {
    this.#bytes -= entry.weight
    this.#onGone(key)
  }
}
