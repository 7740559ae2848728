import type { ConsequencesDocument } from '../api/admin/consequences-json.ts'
import { type Session, staffActor } from '../auth/find-session.ts'
import type { AppContext } from '../context.ts'
import { findDraft, forgetDraft, keepDraft, listDrafts } from '../domain/staff/drafts.ts'
import type { Viewpoint } from '../domain/status-page/viewpoint.ts'
import type { Reader } from '../domain/tx.ts'
import { DomainError } from '../errors.ts'
import { newId } from '../lib/ids.ts'
import type { Instant } from '../lib/instant.ts'
import type { AdminClient, Outcome, Problem, Send } from './admin-client.ts'
import { FROM_AN_EARLIER_SESSION, isSentBefore, SENT_BEFORE } from './desk-problems.ts'
import { Fields } from './fields.ts'
import { Form } from './form.ts'
import type { Admitted } from './gate.ts'

/** A form on a page of the console: what it sends to the admin API, and where one goes when that is done. */
export interface FormOf<Body> {
  /** Of several forms on one page, which this is. */
  name: string
  /** @throws DomainError `invalid` for what only the form can get wrong, such as a date in three fields */
  send(form: Form): Send
  /** Without it one stays, and the answer is shown with the page: what can be read this once. */
  next?(became: Body, form: Form): string
}

/** What somebody has written and nobody was sent; `keptAt` where it is a draft. */
export interface Unsent {
  form: string
  fields: URLSearchParams
  keptAt?: Instant
}

/** Of Astro's page, what a desk needs. */
interface AstroPage {
  locals: App.Locals
  url: URL
  response: { status?: number }
  /** Draws another page in place of this one, at the same address. */
  rewrite(path: string): Promise<Response>
}

/** What a page of the console works with: who is asking, what was posted, and the admin API. */
export class Desk {
  readonly session: Session
  readonly api: AdminClient
  /** The address of the page, without its query. */
  readonly path: string
  /** What the form before this page has done, for a word about it. */
  readonly said: string | null
  readonly #ctx: AppContext
  readonly #admitted: Admitted
  readonly #response: { status?: number }
  readonly #locals: App.Locals
  readonly #rewrite: AstroPage['rewrite']

  constructor({ locals, url, response, rewrite }: AstroPage) {
    const { session } = locals.admitted
    if (session === undefined) throw new Error('A page of the console was asked for without a session.')
    this.session = session
    this.api = locals.api
    this.#ctx = locals.ctx
    this.#admitted = locals.admitted
    this.path = url.pathname
    this.said = url.searchParams.get('said')
    this.#response = response
    this.#locals = locals
    this.#rewrite = rewrite
  }

  /** Everything is read for staff, as of now. */
  get viewpoint(): Viewpoint {
    const filesNoDefects = !this.may('defects:write')
    return { url: this.#ctx.config.url, now: this.#ctx.now(), isStaff: true, filesNoDefects }
  }

  /** The name of the form that was sent to this page, if one was. */
  get posted(): string | undefined {
    return (this.#admitted.form ?? this.#admitted.refused)?.text('form')
  }

  /** Asks several questions about one moment. */
  read<Result>(work: (reader: Reader) => Promise<Result>): Promise<Result> {
    return this.#ctx.snapshot(work)
  }

  /** Whether this person may do what needs a scope; what they may not do is not offered. */
  may(scope: Session['scopes'][number]): boolean {
    return this.session.scopes.includes(scope)
  }

  /** The answer to who has come to a page that is for others, by an address of old or by hand: it says for whom it is. */
  refuse(scope: Session['scopes'][number]): Promise<Response> {
    this.#locals.refusedScope = scope
    return this.#rewrite('/admin/refused')
  }

  /**
   * The answer of a page whose thing is not there, or not any more: what somebody has written for it, without knowing,
   * stands on it.
   */
  gone(): Promise<Response> {
    this.#locals.gonePath = this.path
    return this.#rewrite('/admin/gone')
  }

  /** What stands in the forms of an address without being sent: what was just tried there, or else what is kept. */
  async unsentAt(path: string): Promise<Unsent[]> {
    const posted = this.#admitted.form ?? this.#admitted.refused
    if (posted !== undefined) return [{ form: posted.text('form'), fields: new URLSearchParams(posted.kept) }]
    return (await listDrafts(this.#ctx.read, this.session.staff.id))
      .filter(({ place }) => place.startsWith(placeOf(path, '')))
      .map(({ place, fields, keptAt }) => ({
        form: place.slice(placeOf(path, '').length),
        fields: new URLSearchParams(fields),
        keptAt,
      }))
  }

  /**
   * Does what the buttons of a form say: sends it, shows what it would do, keeps it for later or throws it away. The
   * answer is where to go; or else the fields as they stand, for the page to be drawn with: posted, kept, or empty.
   */
  async submit<Body>(form: FormOf<Body>): Promise<Response | Fields> {
    const { form: posted, refused } = this.#admitted
    if (refused !== undefined && refused.text('form') === form.name) {
      return this.#fields(form, refused, { problem: FROM_AN_EARLIER_SESSION })
    }
    if (posted === undefined || posted.text('form') !== form.name) return this.#kept(form)
    switch (posted.text('do')) {
      case 'keep':
        return this.#keep(form, posted)
      case 'discard':
        await this.#write((tx) => forgetDraft(tx, this.#place(form)))
        return seeOther(this.path)
      case 'preview':
        return this.#preview(form, posted)
      default:
        return this.#send(form, posted)
    }
  }

  async #send<Body>(form: FormOf<Body>, posted: Form): Promise<Response | Fields> {
    const key = posted.text('once')
    const once = key === '' ? undefined : { key, fingerprint: posted.fingerprint }
    const outcome = await this.#ask<Body>(form, posted, { once })
    if (!outcome.ok && isSentBefore(outcome.problem)) {
      // What was written after going back may stand in a draft; it is sent by the draft's key.
      const { onceKey = newId() } = (await findDraft(this.#ctx.read, this.#place(form))) ?? {}
      return this.#fields(form, posted, { problem: SENT_BEFORE, onceKey })
    }
    if (!outcome.ok) return this.#fields(form, posted, { problem: outcome.problem })
    if (form.next === undefined) return this.#fields(form, undefined, { answer: outcome.body })
    return seeOther(form.next(outcome.body, posted))
  }

  async #preview<Body>(form: FormOf<Body>, posted: Form): Promise<Fields> {
    const outcome = await this.#ask<ConsequencesDocument>(form, posted, { isPreview: true })
    return outcome.ok
      ? this.#fields(form, posted, { consequences: outcome.body })
      : this.#fields(form, posted, { problem: outcome.problem })
  }

  async #keep<Body>(form: FormOf<Body>, posted: Form): Promise<Response> {
    const onceKey = posted.text('once') || undefined
    await this.#write((tx) => keepDraft(tx, { ...this.#place(form), fields: posted.kept, onceKey }))
    return seeOther(this.path)
  }

  async #kept<Body>(form: FormOf<Body>): Promise<Fields> {
    const draft = await findDraft(this.#ctx.read, this.#place(form))
    if (draft === undefined) return this.#fields(form, undefined, {})
    const { fields, keptAt, onceKey } = draft
    return this.#fields(form, new Form(new URLSearchParams(fields)), { keptAt, onceKey })
  }

  async #ask<Body>(
    { send }: FormOf<never> | FormOf<Body>,
    posted: Form,
    options: Parameters<AdminClient['send']>[1],
  ): Promise<Outcome<Body>> {
    try {
      return await this.api.send<Body>(send(posted), options)
    } catch (error) {
      if (!(error instanceof DomainError)) throw error
      const { message: detail, fields, current } = error
      return { ok: false, problem: { status: 422, title: 'A field is not valid', detail, fields, current } }
    }
  }

  #fields<Body>(
    { name }: FormOf<Body>,
    form: Form | undefined,
    state: {
      problem?: Problem
      consequences?: ConsequencesDocument
      answer?: unknown
      keptAt?: Instant
      onceKey?: string
    },
  ): Fields {
    if (state.problem !== undefined) this.#response.status = state.problem.status
    // The same until it has had its effect: a form that is sent twice posts once.
    const onceKey = form?.text('once') || newId()
    return new Fields({ name, form, csrfToken: this.session.csrfToken, onceKey, ...state })
  }

  #place<Body>({ name }: FormOf<Body>): { staffId: string; place: string } {
    return { staffId: this.session.staff.id, place: placeOf(this.path, name) }
  }

  #write(work: Parameters<AppContext['write']>[1]): Promise<unknown> {
    return this.#ctx.write(staffActor(this.session.staff), work)
  }
}

/** Where a draft belongs: a form of a page. */
export function placeOf(path: string, form: string): string {
  return `${path}#${form}`
}

/** After a form: the page to look at next, asked for anew. */
function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location } })
}
