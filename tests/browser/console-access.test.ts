import { readdirSync, readFileSync } from 'node:fs'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csrfTokenOf } from '../../src/auth/csrf.ts'
import { createComponentGroup, deleteComponentGroup } from '../../src/domain/components/component-groups.ts'
import { archiveComponent, createComponent } from '../../src/domain/components/components.ts'
import { type AuditEvent, listEvents } from '../../src/domain/events/list-events.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { createIncidentTemplate, deleteIncidentTemplate } from '../../src/domain/incidents/templates.ts'
import { createSupportHours, deleteSupportHours } from '../../src/domain/sla/support/support-hours.ts'
import { changeStaffMember, getStaffMember } from '../../src/domain/staff/staff.ts'
import { consoleAddresses } from '../support/console-addresses.ts'
import { CONSOLE_ROWS, VISITORS, type Visitor } from '../support/console-rows.ts'
import { NO_ID } from '../support/public-routes.ts'
import { type PublicSite, startPublicSite } from '../support/public-site.ts'
import { signIn } from '../support/staff.ts'

// Every page of the console and every form on it, tried by every role and by nobody, on the real program.

const FOLDER = 'src/pages/admin'
/** There is a contract with it, and nothing else. */
const SECRET_CUSTOMER = 'kanarie7f3a9c'

let site: PublicSite
let cookies: Record<Visitor, string>
let addressOf: (page: string) => string

beforeAll(async () => {
  site = await startPublicSite()
  const { write, origin } = site
  const cookieOf = async (role: Exclude<Visitor, 'nobody'>) => (await signIn(write, role, { origin })).cookie
  const ron = await signIn(write, 'viewer', { origin, email: 'ron@ledgerlane.example' })
  cookies = {
    administrator: await cookieOf('administrator'),
    responder: await cookieOf('responder'),
    sla_manager: await cookieOf('sla_manager'),
    viewer: await cookieOf('viewer'),
    nobody: '',
  }
  addressOf = await consoleAddresses(site, { customer: SECRET_CUSTOMER, member: ron.staffId })
})
afterAll(() => site.stop())

/** The newest event but for those of the jobs, which go on meanwhile. */
async function lastEvent(): Promise<AuditEvent | undefined> {
  const events = await listEvents(site.ctx.read, { limit: 50 })
  return events.find(({ actor }) => actor.kind !== 'job')
}

/** The pages as their files name them: `/admin/incidents/[id]`. */
function consolePages(): { page: string; source: string }[] {
  return readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(astro|ts)$/.test(name) && !/(^|\/)_/.test(name))
    .map((name) => ({
      page: `/admin/${name.replace(/\.(astro|ts)$/, '').replace(/(^|\/)index$/, '')}`.replace(/\/$/, ''),
      source: readFileSync(`${FOLDER}/${name}`, 'utf8'),
    }))
}

function get(path: string, who: Visitor): Promise<Response> {
  return fetch(site.origin + path, { headers: { Cookie: cookies[who] }, redirect: 'manual' })
}

/** What a button that is one of several says about which it is; nothing has this id. */
const ONE_OF_SEVERAL = { defect: NO_ID, incident: NO_ID, id: NO_ID, component: 'x x x' }

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
    body: new URLSearchParams({
      form: nameOf(form),
      csrf: secret && csrfTokenOf(secret),
      ...ONE_OF_SEVERAL,
      ...more,
    }),
    redirect: 'manual',
  })
}

/** Where there is a form for each of several things, the name says for which. */
function nameOf(form: string): string {
  return form.replace('[incident]', site.world.incidents.open)
}

describe('the table of pages and forms', () => {
  test('has a row for each page, and a form for each that a page takes', () => {
    const pages = consolePages()
    expect(pages.map(({ page }) => page).sort()).toEqual(Object.keys(CONSOLE_ROWS).sort())
    for (const { page, source } of pages) {
      const taken = [...source.matchAll(/\bdesk\.submit(<[^(]*>)?\(/g)].length
      expect([page, Object.keys(CONSOLE_ROWS[page]?.forms ?? {}).length]).toEqual([page, taken])
    }
  })

  test('has every form that is drawn for an administrator', async () => {
    for (const [page, { forms, statusFor }] of Object.entries(CONSOLE_ROWS)) {
      // What one signs in with has forms of its own kind.
      if (statusFor('nobody') === 200) continue
      const html = await (await get(addressOf(page), 'administrator')).text()
      const drawn = [...html.matchAll(/<form method="post"[^>]* data-form="([^"]+)"/g)].map(
        ([, name]) => name,
      )
      expect([
        page,
        drawn.filter(
          (name) =>
            !Object.keys(forms)
              .map(nameOf)
              .includes(name ?? ''),
        ),
      ]).toEqual([page, []])
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

describe('a contract', () => {
  test('is on no page for who only reads; who files defects learns that there is one', async () => {
    const naming = async (who: Visitor) => {
      const texts = Object.keys(CONSOLE_ROWS).map(async (page) =>
        (await (await get(addressOf(page), who)).text()).includes(SECRET_CUSTOMER) ? [page] : [],
      )
      return (await Promise.all(texts)).flat()
    }
    expect(await naming('viewer')).toEqual([])
    expect(await naming('responder')).toContain('/admin/defects/new')
  })
})

describe('every form', () => {
  test('does something for whom it should, and nothing for anybody else', async () => {
    const before = await lastEvent()
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
    expect(await lastEvent()).toEqual(before)
  })
})

describe('a second press of a button', () => {
  test('has no effect and the answer of the first, also where that has changed what the form is about', async () => {
    const { world } = site
    const [component = ''] = world.components
    const presses: [page: string, form: string, fields: Record<string, string>][] = [
      ['/admin/incidents/[id]', 'update', { ...NEWS, [`component-${component}`]: 'major_outage' }],
      ['/admin/incidents/[id]/updates/[update]', 'edit', { ...NEWS, display_at: '2026-01-02T03:04' }],
      ['/admin/maintenance/[id]', 'plan', { name: 'Moved', ...PLAN }],
      ['/admin/defects/[id]', 'link', { incident: world.incidents.resolved }],
      ['/admin/releases/[id]/publish', 'publication', {}],
      ['/admin/components', 'move', { component: `${component} ${world.groups[0]} -` }],
      ['/admin/components/[id]', 'archiving', {}],
      ['/admin/components/groups/[id]', 'deleting', {}],
      ['/admin/templates/[id]', 'deletion', {}],
      ['/admin/sla/support-hours/[id]', 'deletion', {}],
      ['/admin/sla/calendars/[id]', 'calendar', CALENDAR],
      ['/admin/page', 'settings', SETTINGS],
      ['/admin/account', 'token', { name: 'Bot', days: '30', 'scope-read': 'on' }],
    ]
    for (const [page, form, fields] of presses) {
      const path = addressOf(page)
      const version = /name="version" value="(\d+)"/.exec(await (await get(path, 'administrator')).text())
      const sent = { ...fields, ...(version && { version: version[1] ?? '' }), once: `${page}#${form}` }
      const first = await outcomeOf(await post(path, 'administrator', form, sent))
      const before = await lastEvent()
      expect([page, form, await outcomeOf(await post(path, 'administrator', form, sent))]).toEqual([
        page,
        form,
        first,
      ])
      expect([page, first]).toEqual([
        page,
        form === 'token' ? expect.any(String) : expect.stringContaining('said='),
      ])
      expect(await lastEvent()).toEqual(before)
    }
  })
})

describe('what somebody else has changed, taken away or deleted meanwhile', () => {
  const WORDS = 'What I have written, and did not want to lose.'

  test('is not changed back, and what was written for it is still there', async () => {
    const { write } = site
    const component = await write((tx) => createComponent(tx, { name: 'Search' }))
    const group = await write((tx) => createComponentGroup(tx, { name: 'Old parts' }))
    const template = await write((tx) => createIncidentTemplate(tx, TEMPLATE))
    const hours = await write((tx) => createSupportHours(tx, { ...HOURS, channel: 'chat' }))
    const member = await signIn(write, 'responder', { origin: site.origin, email: 'mia@ledgerlane.example' })
    const changes: [
      path: string,
      form: string,
      field: string,
      theirs: () => Promise<void>,
      status: number,
    ][] = [
      [
        `/admin/staff/${member.staffId}`,
        'member',
        'name',
        () => write((tx) => changeStaffMember(tx, member.staffId, { role: 'viewer' })),
        409,
      ],
      [
        `/admin/components/${component}`,
        'edit',
        'description',
        () => write((tx) => archiveComponent(tx, component)),
        409,
      ],
      [
        `/admin/components/groups/${group}`,
        'edit',
        'description',
        () => write((tx) => deleteComponentGroup(tx, group)),
        404,
      ],
      [
        `/admin/templates/${template}`,
        'template',
        'body',
        () => write((tx) => deleteIncidentTemplate(tx, template)),
        404,
      ],
      [
        `/admin/sla/support-hours/${hours}`,
        'hours',
        'contact',
        () => write((tx) => deleteSupportHours(tx, hours)),
        404,
      ],
    ]
    for (const [path, form, field, theirs, status] of changes) {
      const [, version = ''] = /name="version" value="(\d+)"/.exec(await read(path)) ?? []
      await theirs()
      const fields = { ...TEMPLATE, role: 'responder', version, [field]: WORDS }
      const answer = await post(path, 'administrator', form, fields)
      expect([path, answer.status, (await answer.text()).includes(WORDS)]).toEqual([path, status, true])
    }
    expect((await getStaffMember(site.ctx.read, member.staffId)).role).toBe('viewer')
  })

  test('leaves a draft that can be read, and thrown away', async () => {
    const template = await site.write((tx) => createIncidentTemplate(tx, TEMPLATE))
    const incident = await site.write((tx) => openIncident(tx, { name: 'It is slow', body: 'We look.' }))
    const drafts: [path: string, form: string][] = [
      [`/admin/templates/${template}`, 'template'],
      ['/admin', `update-${incident}`],
    ]
    for (const [path, form] of drafts)
      await post(path, 'administrator', form, { subject: 'My draft', body: WORDS, do: 'keep' })
    await site.write((tx) => deleteIncidentTemplate(tx, template))
    await site.write((tx) => postIncidentUpdate(tx, incident, { status: 'resolved', body: 'It is over.' }))
    for (const [path, form] of drafts) {
      expect([path, (await read(path)).includes(WORDS)]).toEqual([path, true])
      await post(path, 'administrator', form, { do: 'discard' })
      expect([path, (await read(path)).includes(WORDS)]).toEqual([path, false])
    }
    expect(await read('/admin')).not.toContain('My draft')
  })

  const read = async (path: string) => (await get(path, 'administrator')).text()
})

const TEMPLATE = { title: 'Slow', name: 'It is slow', body: 'We are looking into it.' }
const HOURS = {
  channel: 'phone' as const,
  time_zone: 'Asia/Kolkata',
  hours: [{ weekdays: [1], opens: '09:00', closes: '17:00' }],
}
const NEWS = { status: 'identified', body: 'We know what it is.' }
const PLAN = { scheduled_for: '2040-01-02T01:00', scheduled_until: '2040-01-02T03:04' }
const CALENDAR = { name: 'Weekdays', time_zone: 'Asia/Kolkata', weekdays: '1', excluded_dates: '2040-01-02' }
const SETTINGS = {
  name: 'Ledgerlane',
  accent: '#2f5bd7',
  time_zone: 'Asia/Kolkata',
  language: 'en',
  commitments: 'public',
}

/** Where a form leads, or the secret that is shown this once. */
async function outcomeOf(response: Response): Promise<string | null> {
  const html = await response.text()
  return response.headers.get('Location') ?? /avow_\w+/.exec(html)?.[0] ?? null
}

describe('what no form offers', () => {
  test('is no version, and is said to be none', async () => {
    const path = addressOf('/admin/incidents/[id]')
    for (const more of [
      { version: '漢', once: 'k' },
      { version: '', once: '漢' },
    ]) {
      const answer = await post(path, 'responder', 'update', { ...NEWS, ...more })
      expect([answer.status, await answer.text()]).toEqual([
        422,
        expect.stringContaining('This is not the version of anything.'),
      ])
    }
  })

  test('is no lifetime of a token', async () => {
    const fields = { name: 'Bot', 'scope-read': 'on', days: '1e99' }
    const answer = await post('/admin/account', 'viewer', 'token', fields)
    expect([answer.status, await answer.text()]).toEqual([
      422,
      expect.stringContaining('Choose one of these.'),
    ])
  })
})

describe('a year of a calendar', () => {
  test.each(['2027.5', '1e999', '-1', 'next'])('that is none, %s, is this one', async (year) => {
    expect(await statusOf(`/admin/sla/calendars/standard?year=${year}`, 'administrator')).toBe(200)
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

  test('with a character that no database has leads to nothing that is stored', async () => {
    for (const path of ['/admin/incidents/%00', '/admin/audit?by=%00'])
      expect([path, await statusOf(path, 'administrator')]).toEqual([path, 404])
    for (const path of ['/incidents/%00', '/components/%00', '/maintenance/%00', '/history?component=%00'])
      expect([path, await statusOf(path, 'nobody')]).toEqual([path, 404])
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
