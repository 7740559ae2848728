import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Commitments, updatePage } from '../../src/domain/page.ts'
import { MINUTE_MS } from '../../src/lib/instant.ts'
import { createWeb } from '../../src/web.ts'
import { leaksIn, privateDefects, type Secret, secretsOf, secretText } from '../support/leaks.ts'
import {
  addPrivateWorld,
  OTHER_MARK,
  PRIVATE_MARK,
  PRIVATE_ZONE,
  type PrivateWorld,
} from '../support/private-world.ts'
import {
  type Answer,
  addressesOf,
  answersOf,
  changed,
  consolePages,
  type Existing,
  giveaways,
  NO_ID,
  pageAddressesOf,
  printOf,
  publicPages,
  publicRoutes,
  unseen,
} from '../support/public-routes.ts'
import { METRICS_TOKEN, type PublicSite, startPublicSite } from '../support/public-site.ts'
import { PUBLIC_MARK, publicIds } from '../support/public-world.ts'
import { type SignedIn, signIn } from '../support/staff.ts'

// The real program, with three contracts and their defects beside what everybody sees: every byte that it sends to
// strangers and writes to its log is searched for them.

let site: PublicSite
let hidden: PrivateWorld
let staff: SignedIn
let before: Map<string, Answer>
let after: Map<string, Answer>

beforeAll(async () => {
  // An outage that runs is counted up to the minute of the clock: both rounds of questions lie within one.
  while ((await askBeforeAndAfter()) > 1) await site.stop()
})
afterAll(() => site.stop())

describe('what is under a contract', () => {
  test('is in no page, document, image or header that everybody gets, and moves no byte of them', async () => {
    expect(unseen(addressesWith(publicIds(site.world)), before)).toEqual([])
    // What is measured moves with every request.
    expect(changed(before, after)).toEqual(['/metrics'])
    expect(giveaways(after, privateDefects(hidden))).toEqual([])
    expect(leaksOf(after, Object.values(await secretsOf(site.ctx, hidden)).flat())).toEqual([])
  })

  test('nor is who belongs to the staff, and how they sign in', async () => {
    const { hash } = await site.ctx.read
      .selectFrom('staff')
      .innerJoin('staff_session', 'staff_session.staff_id', 'staff.id')
      .select('hash')
      .where('staff.id', '=', staff.staffId)
      .executeTakeFirstOrThrow()
    const secrets = [
      secretText('an address of staff', 'qzstaffmark'),
      secretText('the hash of a session', hash),
      secretText('the secret of a session', staff.cookie.split('=')[1] ?? ''),
    ]
    expect(leaksOf(after, secrets)).toEqual([])
    expect(giveaways(after, [staff.staffId, staff.sessionId])).toEqual([])
  })

  test('is shown to those who have its private address', async () => {
    const html = await read(`/private/${hidden.customer.secret}`)
    for (const key of Object.keys(hidden.customer.defects)) {
      expect(html).toContain(`${PRIVATE_MARK}-${key.toUpperCase()}`)
    }
    for (const words of ['contract', 'customer', 'terms', 'why it is deferred']) {
      expect(html).toContain(`${PRIVATE_MARK} “${words}”`)
    }
    expect(html).toMatch(/03:47\sGMT\+5:45/)
    expect(html).toContain(PRIVATE_ZONE)
    expect(html).toContain(PUBLIC_MARK)
  })

  test('is shown to no other customer, and to nobody who is only on the same plan', async () => {
    const { texts, links, ids } = await secretsOf(site.ctx, hidden)
    const { other, plan, customer } = hidden
    const others = (own: string[]) =>
      [...texts, ...links, ...ids].filter(
        ({ name, forms }) => name !== own[0] && !own.includes(forms[0] ?? ''),
      )
    const all = (secret: string) => [
      `/private/${secret}`,
      ...privateDefects(hidden).map((id) => `/private/${secret}/defects/${id}`),
      ...Object.values(site.world.incidents).map((id) => `/private/${secret}/incidents/${id}`),
    ]
    for (const address of all(other.secret)) {
      const own = ['a text of another contract', other.secret, other.defect, other.contract]
      expect([address, leaksIn(await read(address), others(own))]).toEqual([address, []])
    }
    for (const address of all(plan.secret)) {
      const html = await read(address)
      for (const id of [...Object.values(customer.defects), other.defect])
        expect([address, html.includes(id)]).toEqual([address, false])
      expect(html).not.toContain(OTHER_MARK)
    }
  })
})

describe('the page’s switch', () => {
  test.each<[Commitments, number]>([
    ['internal', 200],
    ['off', 404],
  ])(
    'at %s shows strangers nothing of any promise, and answers private addresses with %i',
    async (commitments, status) => {
      await site.write((tx) => updatePage(tx, { commitments }))
      const answers = await ask(addressesWith(publicIds(site.world)))
      expect(leaksOf(answers, [secretText('a public promise', PUBLIC_MARK)])).toEqual([])
      const { secret, defects } = hidden.customer
      for (const below of ['', `/incidents/${site.world.incidents.open}`, `/defects/${defects.open}`]) {
        const answer = await fetch(`${site.origin}/private/${secret}${below}`)
        expect([below, answer.status, (await answer.text()).includes(PRIVATE_MARK)]).toEqual([
          below,
          status,
          status === 200,
        ])
      }
      await site.write((tx) => updatePage(tx, { commitments: 'public' }))
    },
  )
})

describe('the pages that are kept on disk', () => {
  test('have nothing of it in them, and no private address', async () => {
    const folder = `${site.file}-pages`
    const { customer } = hidden
    await read(`/private/${customer.secret}`)
    await read('/')
    const kept = () => readdirSync(folder).filter((name) => name.endsWith('.page'))
    await expect.poll(() => kept().length, { timeout: 10_000 }).toBeGreaterThan(40)
    const secrets = Object.values(await secretsOf(site.ctx, hidden)).flat()
    for (const name of kept()) {
      const bytes = readFileSync(`${folder}/${name}`)
      expect([name, leaksIn(bytes, secrets), bytes.includes('"key":"/private')]).toEqual([name, [], false])
    }
  })
})

describe('the log', () => {
  test('tells of failures at private addresses without the address', async () => {
    const { secret, defects } = hidden.customer
    const addresses = ['', `/incidents/${site.world.incidents.open}`, `/defects/${defects.open}`].map(
      (below) => `/private/${secret}${below}`,
    )
    const database = new Database(site.file)
    database.exec('alter table sla_policy rename to lost')
    for (const address of addresses) {
      const answer = await fetch(site.origin + address)
      expect(answer.status).toBe(500)
      expect(leaksIn(await answer.text(), [secretText('the secret', secret)])).toEqual([])
      expect(answer.headers.get('Cache-Control')).toBe('private, no-store')
    }
    database.exec('alter table lost rename to sla_policy')
    database.close()
    for (const address of addresses) await send('TRACE', address)
    for (const address of [
      `http://elsewhere${addresses[0]}`,
      `${addresses[0]}?a=%`,
      `${addresses[0]}/%E0%A4%A`,
    ])
      await send('GET', address)

    expect(site.program.said()).toContain('no such table: sla_policy')
    expect(site.program.said()).toContain("'TRACE' HTTP method is unsupported")
    const { texts, links, instants } = await secretsOf(site.ctx, hidden)
    expect(leaksIn(site.program.said(), [...texts, ...links, ...instants])).toEqual([])
  })
})

/** Starts a site, and asks it without and with contracts and staff. @returns in how many minutes of the clock */
async function askBeforeAndAfter(): Promise<number> {
  const minute = () => Math.floor(Date.now() / MINUTE_MS)
  const first = minute()
  site = await startPublicSite()
  before = await ask(addressesWith(publicIds(site.world)))
  hidden = await addPrivateWorld(site.write, site.world)
  staff = await signIn(site.write, 'administrator', {
    origin: site.origin,
    email: 'qzstaffmark@ledgerlane.example',
  })
  after = await ask(addressesWith(allIds()))
  return minute() - first + 1
}

function allIds(): string[] {
  return [...publicIds(site.world), ...privateDefects(hidden), staff.staffId, staff.sessionId, NO_ID]
}

/** Every address that a stranger can try, by the route or page that answers it. */
function addressesWith(ids: string[]): Map<string, string[]> {
  const today = new Date().toISOString().slice(0, 10)
  const existing: Existing = { ids, months: [today.slice(0, 7), '2026-01'], days: [today, '2026-01-01'] }
  const files = readdirSync('dist/client', { recursive: true, withFileTypes: true }).filter((it) =>
    it.isFile(),
  )
  return new Map([
    ...publicPages().map((page): [string, string[]] => [page, pageAddressesOf(page, existing)]),
    ...[...consolePages(), ...publicRoutes(createWeb(site.ctx))].map((route): [string, string[]] => [
      route,
      addressesOf(route, existing),
    ]),
    ...files.map(({ parentPath, name }): [string, string[]] => {
      const address = `${parentPath}/${name}`.replace(/^.*dist\/client/, '')
      return [address, [address]]
    }),
    ['/metrics', ['/metrics']],
    ['*', ['/nothing-here', '/private', '/private/nobody', `/private/nobody/incidents/${NO_ID}`]],
  ])
}

function ask(addresses: ReadonlyMap<string, string[]>): Promise<Map<string, Answer>> {
  const metrics = { headers: { Authorization: `Bearer ${METRICS_TOKEN}` } }
  return answersOf(
    // With a token nothing would come from the page cache, as it does for strangers.
    (address) => fetch(site.origin + address, { redirect: 'manual', ...(address === '/metrics' && metrics) }),
    [...addresses.values()].flat(),
  )
}

function leaksOf(answers: ReadonlyMap<string, Answer>, secrets: readonly Secret[]): string[] {
  return [...answers].flatMap(([address, answer]) =>
    // The sign-in asks where to go on: the address that was asked is no news.
    leaksIn(printOf(answer).replaceAll(encodeURIComponent(address), ''), secrets).map(
      (leak) => `${address}: ${leak}`,
    ),
  )
}

async function read(address: string): Promise<string> {
  return (await fetch(site.origin + address)).text()
}

/** A request as `fetch` would never send it. */
async function send(method: string, address: string): Promise<void> {
  const { hostname, port } = new URL(site.origin)
  const asking = request({ hostname, port, method, path: address }).end()
  const [answer] = await once(asking, 'response')
  answer.resume()
  await once(answer, 'end')
}
