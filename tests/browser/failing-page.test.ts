import Sqlite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addPrivateWorld } from '../support/private-world.ts'
import { type PublicSite, startPublicSite } from '../support/public-site.ts'

// What the log of the real program says when pages and documents cannot be made.

interface LogLine {
  msg: string
  requestId?: string
  address?: string
  error?: { message: string }
}

let site: PublicSite
let secret: string
beforeAll(async () => {
  site = await startPublicSite()
  secret = (await addPrivateWorld(site.write, site.world)).customer.secret
  const file = new Sqlite(site.file)
  file.exec('alter table defect rename to lost')
  file.close()
})
afterAll(() => site.stop())

describe('the log', () => {
  test.for([
    {
      what: 'a page for one customer',
      address: (secret: string) => `/private/${secret}`,
      told: '/private/-',
    },
    { what: 'a document', address: () => '/api/v2/sla/record.json', told: '/api/v2/sla/record.json' },
  ])('names $what that failed, without its secret', async ({ address, told }) => {
    const headers = { 'X-Request-Id': 'of-a-proxy' }
    expect((await fetch(site.origin + address(secret), { headers })).status).toBe(500)
    await expect
      .poll(() => linesAbout(told).map(({ error }) => error?.message))
      .toContain('no such table: defect')
    expect(site.program.said()).not.toContain(secret)
  })

  test('has the id by which a proxy knows the request', async () => {
    const headers = { 'X-Request-Id': 'of-another-proxy' }
    const answer = await fetch(`${site.origin}/private/${secret}`, { headers })
    expect(answer.headers.get('X-Request-Id')).toBe('of-another-proxy')
    await expect.poll(() => site.program.said()).toContain('"requestId":"of-another-proxy"')
  })

  test('says of a page for everybody why it failed, in lines that can be read', async () => {
    expect((await fetch(`${site.origin}/sla`)).status).toBe(500)
    const told = ['A page failed.', 'A page could not be rendered.']
    await expect.poll(() => linesAbout('/sla').map(({ msg }) => msg)).toEqual(told)
    expect(Math.max(...linesAbout('/sla').map((line) => JSON.stringify(line).length))).toBeLessThan(4_000)
  })
})

/** Lines of the log about an address; Astro writes of errors in a way of its own, too. */
function linesAbout(address: string): LogLine[] {
  return site.program
    .said()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line): LogLine => JSON.parse(line))
    .filter((line) => line.address === address)
}
