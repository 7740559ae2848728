import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csrfTokenOf } from '../../src/auth/csrf.ts'
import { listEvents } from '../../src/domain/events/list-events.ts'
import { createIncidentTemplate } from '../../src/domain/incidents/templates.ts'
import { createSupportHours } from '../../src/domain/sla/support/support-hours.ts'
import { createContract } from '../../src/domain/sla/terms/write-contract.ts'
import { CONSOLE_ROWS, VISITORS, type Visitor } from '../support/console-rows.ts'
import { NO_ID } from '../support/public-routes.ts'
import { type PublicSite, startPublicSite } from '../support/public-site.ts'
import { signIn } from '../support/staff.ts'

// Every page of the console and every form on it, tried by every role and by nobody, on the real program.

const FOLDER = 'src/pages/admin'

let site: PublicSite
let cookies: Record<Visitor, string>
/** What stands for the parameters of an address, below each page. */
let examples: Record<string, Record<string, string>>

beforeAll(async () => {
  site = await startPublicSite()
  const { write, origin, world } = site
  const cookieOf = async (role: Exclude<Visitor, 'nobody'>) => (await signIn(write, role, { origin })).cookie
  const ron = await signIn(write, 'viewer', { origin, email: 'ron@ledgerlane.example' })
  cookies = {
    administrator: await cookieOf('administrator'),
    responder: await cookieOf('responder'),
    sla_manager: await cookieOf('sla_manager'),
    viewer: await cookieOf('viewer'),
    nobody: '',
  }
  const [maintenance = ''] = world.maintenances
  const { id: announced } = await site.ctx.read
    .selectFrom('status_update')
    .select('id')
    .where('maintenance_id', '=', maintenance)
    .executeTakeFirstOrThrow()
  const template = await write((tx) =>
    createIncidentTemplate(tx, { title: 'Slow', name: 'It is slow', body: 'We are looking into it.' }),
  )
  const contract = await write((tx) =>
    createContract(tx, { name: 'Gold', customer: 'Harbour Mills', policy_id: 'standard' }),
  )
  const supportHours = await write((tx) =>
    createSupportHours(tx, {
      channel: 'phone',
      plan: 'Gold',
      time_zone: 'UTC',
      hours: [{ weekdays: [1], opens: '09:00', closes: '17:00' }],
    }),
  )
  examples = {
    '/admin/defects': { id: world.defects.planned, step: 'correct' },
    '/admin/releases': { id: world.releases.planned },
    '/admin/sla/calendars': { id: 'standard' },
    '/admin/sla/contracts': { id: contract },
    '/admin/sla/policies': { id: 'standard' },
    '/admin/sla/support-hours': { id: supportHours },
    '/admin/incidents': { id: world.incidents.open, update: world.update },
    '/admin/maintenance': { id: maintenance, update: announced },
    '/admin/templates': { id: template },
    '/admin/staff': { id: ron.staffId },
    '/admin/invitations': { secret: NO_ID },
    '/admin/set-up': { secret: NO_ID },
  }
})
afterAll(() => site.stop())

/** The pages as their files name them: `/admin/incidents/[id]`. */
function consolePages(): { page: string; source: string }[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(astro|ts)$/.test(name) && !/(^|\/)_/.test(name))
    .map((name) => ({
      page: `/admin/${name.replace(/\.(astro|ts)$/, '').replace(/(^|\/)index$/, '')}`.replace(/\/$/, ''),
      source: readFileSync(`${FOLDER}/${name}`, 'utf8'),
    }))
}

function addressOf(page: string): string {
  return page.replaceAll(/\[(\w+)\]/g, (place, name: string) => {
    const below = Object.keys(examples).find((start) => page.startsWith(`${start}/`)) ?? ''
    const value = examples[below]?.[name]
    if (value === undefined) throw new Error(`Say in “examples” what may stand for ${place} in ${page}.`)
    return value
  })
}

function get(path: string, who: Visitor): Promise<Response> {
  return fetch(site.origin + path, { headers: { Cookie: cookies[who] }, redirect: 'manual' })
}

/** What a button that is one of several says about which it is; nothing has this id. */
const ONE_OF_SEVERAL = { defect: NO_ID, incident: NO_ID, id: NO_ID }

/** Sends a form as the page has it, with nothing filled in but `more`. */
function post(
  path: string,
  who: Visitor,
  form: string,
  more: Record<string, string> = {},
): Promise<Response> {
  const secret = cookies[who].split('=')[1] ?? ''
  return fetch(site.origin + path, {
    method: 'POST',
    headers: { Cookie: cookies[who], 'Sec-Fetch-Site': 'same-origin' },
    body: new URLSearchParams({ form, csrf: secret && csrfTokenOf(secret), ...ONE_OF_SEVERAL, ...more }),
    redirect: 'manual',
  })
}

describe('the table of pages and forms', () => {
  test('has a row for each page, and a form for each that a page takes', () => {
    const pages = consolePages()
    expect(pages.map(({ page }) => page).sort()).toEqual(Object.keys(CONSOLE_ROWS).sort())
    for (const { page, source } of pages) {
      const taken = [...source.matchAll(/\bdesk\.submit\(/g)].length
      expect([page, Object.keys(CONSOLE_ROWS[page]?.forms ?? {}).length]).toEqual([page, taken])
    }
  })

  test('has every form that is drawn for an administrator', async () => {
    for (const [page, { forms }] of Object.entries(CONSOLE_ROWS)) {
      const html = await (await get(addressOf(page), 'administrator')).text()
      const drawn = [...html.matchAll(/<form method="post"[^>]* data-form="([^"]+)"/g)].map(
        ([, name]) => name,
      )
      expect([page, drawn.filter((name) => !(name ?? '' in forms))]).toEqual([page, []])
    }
  })
})

describe('every page', () => {
  test.each(Object.keys(CONSOLE_ROWS))(
    '%s is shown to whom it should be, and kept by nobody',
    async (page) => {
      for (const who of VISITORS) {
        const { status, headers } = await get(addressOf(page), who)
        expect([page, who, status]).toEqual([page, who, CONSOLE_ROWS[page]?.statusFor(who)])
        expect(headers.get('Cache-Control')).toBe('no-store')
        expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'; script-src 'self'")
        if (who === 'nobody' && status === 303)
          expect(headers.get('Location')).toMatch(/^\/admin\/sign-in\?next=%2Fadmin/)
      }
    },
  )
})

describe('every form', () => {
  test('does something for whom it should, and nothing for anybody else', async () => {
    const before = await listEvents(site.ctx.read, { limit: 1 })
    for (const [page, { forms }] of Object.entries(CONSOLE_ROWS)) {
      for (const [form, senders] of Object.entries(forms)) {
        for (const who of VISITORS) {
          const said = `${form} on ${page} by ${who}`
          if (senders.includes(who)) {
            // A preview is let in or refused as the real one, and changes nothing.
            const { status } = await post(addressOf(page), who, form, { do: 'preview' })
            expect([200, 404, 409, 422], `${said} answered ${status}`).toContain(status)
          } else {
            // Without a session it is the page that one signs in with, which carries what was typed.
            const { status } = await post(addressOf(page), who, form)
            expect([said, status]).toEqual([said, who === 'nobody' ? 200 : 403])
          }
        }
      }
    }
    expect(await listEvents(site.ctx.read, { limit: 1 })).toEqual(before)
  })
})

describe('another spelling of the address', () => {
  test.each([
    '//admin',
    '/%2561dmin/incidents',
    '/%252561dmin/audit',
    '/\\admin/audit',
    '/Admin',
    '/admin%2faudit',
  ])('%s leads to no page of the console, signed in or not', async (path) => {
    expect([await statusOf(path, 'nobody'), await statusOf(path, 'administrator')]).toEqual([404, 404])
  })

  test.each(['/admin//incidents', '/%61dmin/incidents', '/x/%2e%2e/admin/incidents'])(
    '%s meets the gate as the plain one does',
    async (path) => {
      expect([await statusOf(path, 'nobody'), await statusOf(path, 'viewer')]).toEqual([303, 200])
    },
  )
})

/** Asks for a path as it is written; `fetch` would tidy it first. */
function statusOf(path: string, who: Visitor): Promise<number | undefined> {
  const { hostname, port } = new URL(site.origin)
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers: { Cookie: cookies[who] } }, (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    asked.on('error', reject).end()
  })
}
