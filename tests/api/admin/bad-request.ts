import { copyTemplate } from '../../support/databases.ts'
import { expect, openSite, type Site, test } from '../../support/site.ts'
import { type Client, recorded, send } from './client.ts'

/** What every such world has. */
interface BadWorld {
  site: Site
  api: Client
}

/** A request that shall be refused, made in a world of one test file. */
export interface BadRequest<World extends BadWorld> {
  name: string
  method?: string
  path: string | ((world: World) => string)
  body?: unknown | ((world: World) => unknown)
  headers?: Record<string, string | undefined>
  /** The token, instead of one that may do everything; null is none. */
  token?: (world: World) => Promise<string> | string | null
  status: number
  /** A code of ours, or `about:blank`. */
  type: string
  pointers?: string[]
  current?: (world: World) => unknown
}

/** A test in the one world of its file: what is refused changes nothing, so the next request finds the same. */
export function testInWorld<World extends BadWorld>(makeWorld: (site: Site) => Promise<World>) {
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  return test.extend('world', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { site, close } = await openSite(await copyTemplate())
    onCleanup(close)
    return makeWorld(site)
  })
}

/** Sends it, and expects a problem that names each wrong field in a sentence, with nothing changed. */
export async function expectRefusal<World extends BadWorld>(
  world: World,
  bad: BadRequest<World>,
): Promise<void> {
  const { site } = world
  const token = bad.token ? await bad.token(world) : world.api.secret
  const path = typeof bad.path === 'string' ? bad.path : bad.path(world)
  const body = typeof bad.body === 'function' ? bad.body(world) : bad.body
  const before = await recorded(site)
  const startedAt = performance.now()
  const answer = await send(site, bad.method ?? 'GET', path, {
    token: token ?? undefined,
    body,
    headers: bad.headers,
  })
  const tookMs = performance.now() - startedAt

  expect(answer.status).toBe(bad.status)
  expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
  expect(answer.headers.get('Cache-Control')).toBe('no-store')
  const type =
    bad.type === 'about:blank' ? bad.type : `https://status.ledgerlane.example/problems/${bad.type}`
  expect(answer.body).toMatchObject({ type, status: bad.status })
  expect(answer.body.title).toBeTruthy()
  expect(answer.body.detail).toMatch(/^[A-Z0-9“].*\.$/s)
  const errors: { pointer: string; detail: string }[] = answer.body.errors
  expect(errors.map(({ pointer }) => pointer)).toEqual(bad.pointers ?? [])
  for (const { detail } of errors) expect(detail).toMatch(/^[A-Z“].*\.$/s)
  expect(answer.body.current).toEqual(bad.current?.(world))
  if (bad.status === 401) expect(answer.headers.get('WWW-Authenticate')).toContain('Bearer')
  if (bad.status === 405) expect(answer.headers.get('Allow')).toContain('GET')
  expect(tookMs).toBeLessThan(500)
  expect(await recorded(site)).toEqual(before)
}
