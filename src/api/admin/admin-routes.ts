import type { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { AppContext } from '../../context.ts'
import { assertUnchangedSince } from '../../domain/events/newest-event.ts'
import type { Reader, Tx } from '../../domain/tx.ts'
import { invalidField } from '../../errors.ts'
import type { Instant } from '../../lib/instant.ts'
import { admit, type Caller, keepUse, requestLimiter } from './admit.ts'
import { answerWrite, onceOnly } from './answer-write.ts'
import { type Cursor, decodeCursor, encodeCursor, PageQuery, pageOf } from './cursor.ts'
import { BASIS_HEADER } from './describe-operation.ts'
import { type Operation, type PathParams, routingPath, statusOf } from './operation.ts'
import { assertNoPreference, PreviewQuery, preview } from './preview.ts'
import { type CheckedRequest, readRequest } from './read-request.ts'
import type { View } from './view.ts'

/** What a handler is given: a request in order, whose it is, and what the answer depends on. */
export interface Asked<Path extends string, Query extends z.ZodType, Body extends z.ZodType> {
  params: PathParams<Path>
  query: z.output<Query>
  body: z.output<Body>
  caller: Caller
  view: View
}

/** How a list is read: one more row than is shown tells whether there is a next page. */
export interface ListSource<
  Path extends string,
  Row,
  Place extends Cursor,
  Query extends z.ZodType,
  Item extends z.ZodType,
> {
  rows(
    reader: Reader,
    page: { after: Place | undefined; take: number; query: z.output<Query>; params: PathParams<Path> },
  ): Promise<Row[]>
  cursorOf(row: Row): Place
  json(reader: Reader, rows: Row[], view: View): Promise<z.input<Item>[]>
}

/**
 * Adds operations to the API. Each is checked the same way: who is calling, may they, is the request in order;
 * then one domain function, then its answer, reduced to the fields that its schema names.
 */
export class AdminRoutes {
  /** All that have been added. */
  readonly operations: Operation[] = []
  readonly #ctx: AppContext
  readonly #api: OpenAPIHono
  readonly #limiter = requestLimiter()

  constructor(ctx: AppContext, api: OpenAPIHono) {
    this.#ctx = ctx
    this.#api = api
  }

  /** An operation that changes nothing. */
  read<Path extends string, Query extends z.ZodType, Answer extends z.ZodType>(
    operation: Omit<Operation<Path, Query, never, Answer>, 'method' | 'body'>,
    answer: (reader: Reader, asked: Asked<Path, Query, never>) => Promise<z.input<Answer>>,
  ): void {
    this.#add({ ...operation, method: 'get' }, async (c, request, caller) => {
      const asked = askedOf<Path, Query, never>(request, caller, this.#view(this.#ctx.now()))
      const body = await this.#ctx.snapshot((reader) => answer(reader, asked))
      return c.json(operation.answer?.parse(body))
    })
  }

  /** A list, page by page. */
  list<Path extends string, Row, Place extends Cursor, Item extends z.ZodType, Query extends z.ZodObject>(
    operation: Omit<Operation<Path>, 'method' | 'body' | 'answer' | 'query'> & {
      item: Item
      cursor: z.ZodType<Place>
      query?: Query
    },
    source: ListSource<Path, Row, Place, Query, Item>,
  ): void {
    const { item, cursor, query, ...rest } = operation
    const answer = pageOf(item)
    const listed = { ...rest, method: 'get' as const, query: PageQuery.extend(query?.shape ?? {}), answer }
    this.#add(listed, async (c, request) => {
      const { limit, cursor: text, ...own } = request.query as z.output<typeof PageQuery>
      const after = text === undefined ? undefined : decodeCursor(cursor, text)
      const { items, next } = await this.#ctx.snapshot(async (reader) => {
        const params = request.params as PathParams<Path>
        const page = { after, take: limit + 1, query: own as z.output<Query>, params }
        const rows = await source.rows(reader, page)
        const shown = rows.slice(0, limit)
        const last = shown.at(-1)
        return {
          items: await source.json(reader, shown, this.#view(this.#ctx.now())),
          next: rows.length > limit && last !== undefined ? encodeCursor(source.cursorOf(last)) : null,
        }
      })
      if (next !== null) c.header('Link', nextLink(c.req.url, next))
      return c.json(answer.parse({ items, next_cursor: next }))
    })
  }

  /**
   * An operation that changes something, in one transaction, and answers with what it has become; or, for a preview, does
   * the same, takes it back and answers with what it would come to.
   * @param before what takes long, or has an effect of its own also where the change is refused
   */
  write<Path extends string, Body extends z.ZodType, Answer extends z.ZodType>(
    operation: Omit<Operation<Path, never, Body, Answer>, 'query'>,
    change: (tx: Tx, asked: Asked<Path, never, Body>) => Promise<z.input<Answer>>,
    before: (asked: Asked<Path, never, Body>) => Promise<void> = async () => undefined,
  ): void {
    this.#add({ ...operation, query: PreviewQuery }, async (c, request, caller) => {
      assertNoPreference(c.req.raw)
      await before(askedOf<Path, never, Body>(request, caller, this.#view(this.#ctx.now())))
      const { isPersonal, isSecret = false, answer } = operation
      const once = onceOnly(c.req.raw, caller, { sent: request.sent, isPersonal })
      const write = (tx: Tx) =>
        answerWrite(tx, { caller, once, isSecret }, async () => {
          await assertBasis(tx.db, c.req.raw, request.params as PathParams<Path>, operation)
          const became = await change(tx, askedOf<Path, never, Body>(request, caller, this.#view(tx.now)))
          return { status: statusOf(operation), body: answer ? JSON.stringify(answer.parse(became)) : '' }
        })
      if (isPreview(request)) return c.json(await preview(this.#ctx, caller.actor, write))
      const { status, body, isReplayed } = await this.#ctx.write(caller.actor, write)
      const headers = {
        'Content-Type': 'application/json',
        ...(isReplayed && { 'Idempotency-Replayed': 'true' }),
      }
      return status === 204 ? new Response(null, { status }) : new Response(body, { status, headers })
    })
  }

  /** Read at the time of a request: `astro build` makes the routes and has no configuration. */
  #view(now: Instant): View {
    return { now, url: this.#ctx.config.url }
  }

  #add(
    operation: Operation,
    answer: (c: Context, request: CheckedRequest, caller: Caller) => Promise<Response>,
  ): void {
    this.operations.push(operation)
    this.#api.on(operation.method.toUpperCase(), routingPath(operation.path), async (c) => {
      const caller = await admit(this.#ctx, this.#limiter, c.req.raw, operation, (id) =>
        c.set('callerId', id),
      )
      const request = await readRequest(c, operation)
      const response = await answer(c, request, caller)
      keepUse(this.#ctx, caller)
      return response
    })
  }
}

/** The one cast: `readRequest` has parsed each part with the schema of this very operation. */
function askedOf<Path extends string, Query extends z.ZodType, Body extends z.ZodType>(
  { params, query, body }: CheckedRequest,
  caller: Caller,
  view: View,
): Asked<Path, Query, Body> {
  return { params, query, body, caller, view } as Asked<Path, Query, Body>
}

/**
 * Whoever says upon which version of a thing they decided is told when it has changed meanwhile.
 * @throws DomainError `invalid`, `conflict`
 */
async function assertBasis<Path extends string>(
  reader: Reader,
  request: Request,
  params: PathParams<Path>,
  { assertUnchanged = assertRecordedSince }: Pick<Operation<Path>, 'assertUnchanged'>,
): Promise<void> {
  const basis = request.headers.get(BASIS_HEADER)
  if (basis === null) return
  if (!/^\d{1,15}$/.test(basis)) throw invalidField(BASIS_HEADER, 'This is not the version of anything.')
  await assertUnchanged(reader, Number(basis), params)
}

async function assertRecordedSince(reader: Reader, version: number, { id }: { id?: string }): Promise<void> {
  if (id !== undefined) await assertUnchangedSince(reader, id, version)
}

/** The other cast: what `PreviewQuery` has parsed. */
function isPreview({ query }: CheckedRequest): boolean {
  return (query as z.output<typeof PreviewQuery>).preview === 'true'
}

function nextLink(url: string, cursor: string): string {
  const next = new URL(url)
  next.searchParams.set('cursor', cursor)
  return `<${next.pathname}${next.search}>; rel="next"`
}
