import type { AppContext } from '../context.ts'
import type { ImportOutcome } from '../domain/incidents/import-incident.ts'
import type { Actor, Tx } from '../domain/tx.ts'
import type { Instant } from '../lib/instant.ts'
import type { Mention } from './components.ts'
import type { Reading } from './imported-page.ts'
import { rehearse } from './rehearsal.ts'
import { emptyReport, type RecordKind, refusalOf, UnusableRecord } from './report.ts'

export interface ImportOptions {
  /** Only finds out what an import would come to. */
  isRehearsal?: boolean
  onProgress?: (done: number, total: number) => void
}

/** What became of one record. */
interface Stored {
  outcome: ImportOutcome
  /** When it was, where it has a time. */
  at?: Instant
  /** Components that only this record knew. */
  gone?: Mention[]
}

/** One run of an import: takes records, each in a transaction of its own, and keeps the report. */
export class ImportRun {
  readonly report = emptyReport()
  readonly #ctx: Pick<AppContext, 'write'>
  readonly #actor: Actor
  readonly #options: ImportOptions
  readonly #total: number
  #done = 0

  /** @param system as the audit log names it @param total how many records there are */
  constructor(ctx: Pick<AppContext, 'write'>, system: string, total: number, options: ImportOptions) {
    this.#ctx = ctx
    this.#actor = { kind: 'import', id: null, name: `${system} import` }
    this.#options = options
    this.#total = total
  }

  get isRehearsal(): boolean {
    return this.#options.isRehearsal ?? false
  }

  write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.isRehearsal ? rehearse(this.#ctx, this.#actor, work) : this.#ctx.write(this.#actor, work)
  }

  /** Stores each record; one that cannot be is reported, with nothing of it kept. */
  async take<Record>(
    kind: RecordKind,
    readings: Reading<Record>[],
    store: (tx: Tx, record: Record) => Promise<Stored>,
  ): Promise<void> {
    const seen = new Set<string>()
    for (const reading of readings) {
      const { id } = reading
      try {
        if ('refusal' in reading) throw new UnusableRecord(reading.refusal)
        if (seen.has(id)) throw new UnusableRecord('It is there twice; the first one was taken.')
        seen.add(id)
        this.#tell(kind, await this.write((tx) => store(tx, reading.record)))
      } catch (error) {
        this.report.refused.push({ kind, id, sentence: refusalOf(error) })
      }
      this.#done += 1
      this.#options.onProgress?.(this.#done, this.#total)
    }
  }

  #tell(kind: RecordKind, { outcome, at, gone = [] }: Stored): void {
    const { counts, spans, goneComponents } = this.report
    counts[kind][outcome] += 1
    if (at !== undefined) {
      const { from, until } = spans[kind] ?? { from: at, until: at }
      spans[kind] = { from: Math.min(from, at), until: Math.max(until, at) }
    }
    for (const { id, name } of gone) goneComponents.set(id, name)
  }
}
