import { readdirSync } from 'node:fs'
import type { Hono } from 'hono'
import { ERROR_CODES } from '../../src/errors.ts'
import { LOGO, PNG_LOGO } from './logos.ts'

/** An id that nothing has. */
export const NO_ID = 'nothing00000'

/** The pages that everybody may ask for, as their files name them: `/components/:id`. */
export function publicPages(): string[] {
  return pages().filter((page) => !/^\/(private|admin)(\/|$)/.test(page))
}

/** The pages of the console, which strangers may ask for as well. */
export function consolePages(): string[] {
  return pages().filter((page) => /^\/admin(\/|$)/.test(page))
}

function pages(): string[] {
  return readdirSync('src/pages', { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(astro|ts)$/.test(name) && !/(^|\/)_/.test(name))
    .map((name) => name.replace(/(\.css)?\.(astro|ts)$/, '$1').replace(/(^|\/)index$/, ''))
    .map((name) => `/${name.replaceAll(/\[(\w+)\]/g, ':$1')}`)
    .sort()
}

/** What answers GET in front of the pages, as its routes name it, without private addresses. */
export function publicRoutes(web: Hono): string[] {
  const routes = web.routes.filter(
    ({ method, path }) => ['GET', 'ALL'].includes(method) && path !== '/private/*',
  )
  return [...new Set(routes.map(({ path }) => path))].sort()
}

/** What exists, to be put into the place of parameters. */
export interface Existing {
  ids: string[]
  /** `YYYY-MM` */
  months: string[]
  /** `YYYY-MM-DD` */
  days: string[]
}

/** What stands in the place of each parameter, by its name. */
const PARAMETERS: Record<string, (existing: Existing) => string[]> = {
  id: ({ ids }) => ids,
  file: ({ ids, months }) =>
    [...ids, ...months].flatMap((name) =>
      ['json', 'png', 'csv', 'ics', 'rss', 'atom', 'svg'].map((end) => `${name}.${end}`),
    ),
  kind: () => ['incidents', 'maintenance', 'components', 'defects'],
  month: ({ months }) => months,
  day: ({ days }) => days,
  code: () => [...ERROR_CODES],
  logo: () => [LOGO.file, PNG_LOGO.file],
  sheet: () => ['2f5bd7-00000000'],
  page: ({ ids }) => ids.slice(0, 2),
  secret: () => ['nothing'.repeat(6)],
  update: ({ ids }) => ids.slice(0, 2),
  defect: ({ ids }) => ids.slice(0, 2),
  link: ({ ids }) => ids.slice(0, 2),
  step: () => ['confirm', 'nothing'],
  '*': () => ['nothing-here'],
}

const PLACE = /:(\w+)(?:\{([^}]+)\})?|\*/g

/**
 * Every address that a route or page has while these things exist; pages without parameters with each query as well.
 * @throws Error for a parameter of which nobody has said yet what may stand there
 */
export function addressesOf(pattern: string, existing: Existing): string[] {
  const place = [...pattern.matchAll(PLACE)].at(0)
  if (place === undefined) return [pattern]
  const [text, name = '*', shape = '.*'] = place
  const values = PARAMETERS[name]
  if (values === undefined)
    throw new Error(`Say in ${import.meta.filename} what may stand for “${text}” in ${pattern}.`)
  const fits = new RegExp(`^${shape}$`)
  return values(existing)
    .filter((value) => fits.test(value))
    .flatMap((value) => addressesOf(pattern.replace(text, value), existing))
}

/** The addresses of a page, with every query that any page reads. */
export function pageAddressesOf(pattern: string, existing: Existing): string[] {
  const plain = addressesOf(pattern, existing)
  if (pattern.includes(':')) return plain
  const queries = ['', '?page=1', '?page=2', ...existing.ids.map((id) => `?component=${id}`)]
  return plain.flatMap((address) => queries.map((query) => address + query))
}

/** An answer as it came, but for what names its own moment or its connection. */
export interface Answer {
  status: number
  headers: string
  body: Uint8Array
}

export async function answersOf(
  get: (address: string) => Promise<Response>,
  addresses: readonly string[],
): Promise<Map<string, Answer>> {
  const answers = new Map<string, Answer>()
  for (const address of addresses) answers.set(address, await answerOf(await get(address)))
  return answers
}

async function answerOf(response: Response): Promise<Answer> {
  const headers = [...response.headers]
    .filter(([name]) => !['date', 'connection', 'keep-alive', 'x-request-id'].includes(name))
    .map(([name, value]) => `${name}: ${value}`)
  return {
    status: response.status,
    headers: headers.join('\n'),
    body: new Uint8Array(await response.arrayBuffer()),
  }
}

/** Patterns of which no address was answered with 200: nobody has looked at what they tell. */
export function unseen(
  patterns: ReadonlyMap<string, string[]>,
  answers: ReadonlyMap<string, Answer>,
): string[] {
  return [...patterns]
    .filter(([pattern]) => !NEVER_OPEN.test(pattern))
    .filter(([, addresses]) => !addresses.some((address) => answers.get(address)?.status === 200))
    .map(([pattern]) => pattern)
}

/** What stands in front of many routes, what is for staff, and the pages that are themselves errors. */
const NEVER_OPEN = /\*|^\/api\/admin\/v1\/(?!openapi\.json|docs)|^\/admin(?!\/sign-in$)|^\/v1\/|^\/(404|500)$/

/** Addresses that are answered otherwise than before. */
export function changed(before: ReadonlyMap<string, Answer>, after: ReadonlyMap<string, Answer>): string[] {
  return [...before]
    .filter(([address, answer]) => printOf(answer) !== printOf(after.get(address)))
    .map(([address]) => address)
}

/** Addresses with the id of something hidden that are answered otherwise than with an id that nothing has. */
export function giveaways(answers: ReadonlyMap<string, Answer>, hiddenIds: readonly string[]): string[] {
  return [...answers].flatMap(([address, answer]) => {
    const id = hiddenIds.find((hidden) => address.includes(hidden))
    if (id === undefined) return []
    // What is only asked back, as the sign-in page asks where to go on, tells nothing.
    const said = printOf(answer).replaceAll(id, NO_ID)
    return said === printOf(answers.get(address.replaceAll(id, NO_ID))) ? [] : [address]
  })
}

/** Everything that an answer says, so that two are the same only in every byte. */
export function printOf(answer: Answer | undefined): string {
  if (answer === undefined) return 'not asked'
  return `${answer.status}\n${answer.headers}\n\n${Buffer.from(answer.body).toString('latin1')}`
}
