import type { ConsequencesDocument } from '../api/admin/consequences-json.ts'
import type { Instant } from '../lib/instant.ts'
import type { Problem } from './admin-client.ts'
import type { Form } from './form.ts'

/** A form as it is drawn: what stands in its fields and what is wrong with them. */
export class Fields {
  readonly name: string
  readonly csrfToken: string
  readonly onceKey: string
  readonly problem: Problem | undefined
  /** What sending it would do, where that was asked. */
  readonly consequences: ConsequencesDocument | undefined
  /** What the admin API has answered, where that is shown this once. */
  readonly answer: unknown
  /** When these fields were kept for later; undefined when they were not. */
  readonly keptAt: Instant | undefined
  readonly #form: Form | undefined

  constructor(state: {
    name: string
    form: Form | undefined
    csrfToken: string
    onceKey: string
    problem?: Problem | undefined
    consequences?: ConsequencesDocument
    answer?: unknown
    keptAt?: Instant
  }) {
    this.name = state.name
    this.#form = state.form
    this.csrfToken = state.csrfToken
    this.onceKey = state.onceKey
    this.problem = state.problem
    this.consequences = state.consequences
    this.answer = state.answer
    this.keptAt = state.keptAt
  }

  /** Whether anything was typed: otherwise fields begin with what the page suggests. */
  get isFilled(): boolean {
    return this.#form !== undefined
  }

  /** What stands in a field. */
  value(name: string, suggested = ''): string {
    return this.#form === undefined ? suggested : this.#form.text(name)
  }

  /** Whether a box is ticked, or of several boxes of one name, that with this value. */
  isTicked(name: string, suggested: boolean, value?: string): boolean {
    if (this.#form === undefined) return suggested
    return value === undefined ? this.#form.has(name) : this.#form.texts(name).includes(value)
  }

  /**
   * The version that the next try is decided upon: the one that the page shows now, once it has said what came between;
   * until then the one that was looked at.
   */
  basis(version: number): string {
    const looked = this.#form?.text('version')
    return looked && this.problem?.status !== 409 ? looked : String(version)
  }

  /** Whether somebody else was quicker: what the page shows now is theirs, what stands in the fields is not. */
  get isOvertaken(): boolean {
    const current = this.problem?.current
    return this.problem?.status === 409 && typeof current === 'object' && current !== null && 'at' in current
  }

  /** What a field would say for others, where somebody was quicker and it is not what stands in it; else undefined. */
  theirs(name: string, stored: string | undefined): string | undefined {
    if (!this.isOvertaken || stored === undefined) return undefined
    return stored.replaceAll('\r\n', '\n').trim() === this.value(name) ? undefined : stored
  }

  /** What is wrong with the field that a JSON pointer names, or with a part of it; undefined when nothing is. */
  errorAt(pointer: string): string | undefined {
    return this.problem?.fields.find((field) => `${field.pointer}/`.startsWith(`${pointer}/`))?.message
  }
}
