import type { Entry } from './entry.ts'

/** Entries by key, within a number of bytes; those that were used least recently go first. */
export class Store {
  readonly #entries = new Map<string, Entry>()
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
    return this.#entries.size
  }

  get(key: string): Entry | undefined {
    const entry = this.#entries.get(key)
    if (entry !== undefined) {
      // A map keeps the order in which keys came, so the first is the one that nobody has asked for the longest.
      this.#entries.delete(key)
      this.#entries.set(key, entry)
    }
    return entry
  }

  set(key: string, entry: Entry): void {
    this.#bytes += entry.weight - (this.#entries.get(key)?.weight ?? 0)
    this.#entries.delete(key)
    this.#entries.set(key, entry)
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) break
      this.delete(oldest)
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key)
    if (entry === undefined) return
    this.#entries.delete(key)
    this.#bytes -= entry.weight
    this.#onGone(key)
  }

  entries(): IterableIterator<[key: string, entry: Entry]> {
    return this.#entries.entries()
  }
}
