import type { Context, Hono } from 'hono'
import type { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { getPage, type Page } from '../../domain/page.ts'
import type { Scope } from '../../domain/staff/scopes.ts'
import type { Reader, Tx } from '../../domain/tx.ts'
import { DomainError } from '../../errors.ts'
import { isId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import { admit, type Caller, keepUse, requestLimiter } from '../admin/admit.ts'
import { answerWrite, onceOnly } from '../admin/answer-write.ts'
import { bearerRequest } from './bearer-request.ts'
import { type FieldsOf, readFields } from './read-fields.ts'

/** What a request asks for, besides the fields that it sends. */
export interface Asked {
  /** Of the thing in the address; empty where there is none. */
  id: string
  /** Of the incident update in the address; empty where there is none. */
  updateId: string
  query: URLSearchParams
  /** What the caller may do, for what needs more than its operation does. */
  scopes: readonly Scope[]
}

/** What an answer depends on besides the rows. */
export interface View {
  page: Page
  now: Instant
  /** The public origin that links begin with. */
  url: string
}

export interface WriteOperation<Fields extends z.ZodType> {
  method: 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: string
  scope: Scope
  body?: FieldsOf<Fields>
}

/**
 * Adds operations to the API. Each is checked the same way: who is calling, may they, is it this page, is the body in
 * order; then domain functions, then the answer. A path is found with and without `.json` at its end.
 */
export class V1Routes {
  readonly #ctx: AppContext
  readonly #api: Hono
  readonly #limiter = requestLimiter()

  constructor(ctx: AppContext, api: Hono) {
    this.#ctx = ctx
    this.#api = api
  }

  /** An operation that changes nothing. */
  read(path: string, answer: (reader: Reader, asked: Asked, view: View) => Promise<object>): void {
    this.#add('GET', path, 'read', async (c, caller) => {
      const asked = askedOf(c, caller)
      const body = await this.#ctx.snapshot(async (reader) =>
        answer(reader, asked, this.#view(await getThisPage(reader, c), this.#ctx.now())),
      )
      return Response.json(body)
    })
  }

  /** An operation that changes something, in one transaction, and answers with what it has become, or with nothing. */
  write<Fields extends z.ZodType>(
    { method, path, scope, body }: WriteOperation<Fields>,
    change: (tx: Tx, asked: Asked & { fields: z.output<Fields> }, view: View) => Promise<object | undefined>,
  ): void {
    this.#add(method, path, scope, async (c, caller) => {
      const { fields, sent } = body ? await readFields(c.req.raw, body) : NOTHING_SENT
      // Without a body nobody looks at its fields.
      const asked = { ...askedOf(c, caller), fields: fields as z.output<Fields> }
      const once = onceOnly(c.req.raw, caller, { sent })
      const write = (tx: Tx) =>
        answerWrite(tx, { caller, once, isSecret: false }, async () => {
          const became = await change(tx, asked, this.#view(await getThisPage(tx.db, c), tx.now))
          if (became === undefined) return { status: 204, body: '' }
          return { status: method === 'POST' ? 201 : 200, body: JSON.stringify(became) }
        })
      const answer = await this.#ctx.write(caller.actor, write)
      if (answer.status === 204) return new Response(null, { status: 204 })
      const headers = {
        'Content-Type': 'application/json',
        ...(answer.isReplayed && { 'Idempotency-Replayed': 'true' }),
      }
      return new Response(answer.body, { status: answer.status, headers })
    })
  }

  /** A change of something that is there: PATCH and PUT are the same, since neither takes away what is not named. */
  change<Fields extends z.ZodType>(
    operation: Omit<WriteOperation<Fields>, 'method'>,
    change: (tx: Tx, asked: Asked & { fields: z.output<Fields> }, view: View) => Promise<object | undefined>,
  ): void {
    for (const method of ['PATCH', 'PUT'] as const) this.write({ ...operation, method }, change)
  }

  #view(page: Page, now: Instant): View {
    return { page, now, url: this.#ctx.config.url }
  }

  #add(
    method: string,
    path: string,
    scope: Scope,
    answer: (c: Context, caller: Caller) => Promise<Response>,
  ): void {
    // A parameter at the end takes `.json` with it.
    const paths = /:\w+$/.test(path) ? [path] : [path, `${path}.json`]
    this.#api.on(method, paths, async (c) => {
      const caller = await admit(this.#ctx, this.#limiter, bearerRequest(c.req.raw), { scope }, (id) =>
        c.set('callerId', id),
      )
      const response = await answer(c, caller)
      keepUse(this.#ctx, caller)
      return response
    })
  }
}

const NOTHING_SENT = { fields: undefined, sent: undefined }

function askedOf(c: Context, { scopes }: Caller): Asked {
  const { searchParams } = new URL(c.req.url)
  return { id: idIn(c, 'id'), updateId: idIn(c, 'update'), query: searchParams, scopes }
}

/** @throws DomainError `not-found` for what cannot be an id, so that nobody asks the database for it */
function idIn(c: Context, name: string): string {
  const named = c.req.param(name)?.replace(/\.json$/, '')
  if (named !== undefined && !isId(named)) throw new DomainError('not-found', 'Nothing has this id.')
  return named ?? ''
}

/** @throws DomainError `not-found` when the address names another page; `/pages` names none */
async function getThisPage(reader: Reader, c: Context): Promise<Page> {
  const page = await getPage(reader)
  const named = c.req.param('page')
  if (named !== undefined && named.replace(/\.json$/, '') !== page.id) {
    throw new DomainError('not-found', 'There is no such page here.')
  }
  return page
}
