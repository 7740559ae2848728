import { endSession } from '../../../src/domain/staff/session-ends.ts'
import { listSessions, SESSION_LASTS_MS } from '../../../src/domain/staff/sessions.ts'
import { changeStaffMember, deactivateStaffMember } from '../../../src/domain/staff/staff.ts'
import { toIso } from '../../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { send, staffOf } from './client.ts'

const INCIDENT = { name: 'Slow', body: 'Looking.' }

/** A write of our own waits its turn behind what is kept behind an answer. */
const kept = (site: Site) => site.as('administrator', async () => undefined)

describe('somebody signed in', () => {
  test('asks the same API as a program, under a name of their own', async ({ site }) => {
    const responder = await staffOf(site, 'responder')
    expect((await responder.get('/me')).body).toEqual({
      kind: 'staff',
      id: responder.staffId,
      name: 'A responder',
      email: 'responder@ledgerlane.example',
      role: 'responder',
      scopes: ['incidents:write', 'defects:write', 'read'],
      expires_at: toIso(site.clock.now() + SESSION_LASTS_MS),
    })
    const opened = await responder.post('/incidents', INCIDENT)
    expect(opened.status).toBe(201)
    const administrator = await staffOf(site, 'administrator')
    const { items } = (await administrator.get(`/audit?subject_id=${opened.body.id}`)).body
    expect(items[0].actor).toEqual({ kind: 'staff', id: responder.staffId, name: 'A responder' })
  })

  test('has one effect with one key, in another session too, and its secret answers in the same one only', async ({
    site,
  }) => {
    const key = { 'Idempotency-Key': 'once' }
    const first = await staffOf(site, 'administrator')
    const second = await staffOf(site, 'administrator')
    const opened = await first.post('/incidents', INCIDENT, key)
    expect((await second.post('/incidents', INCIDENT, key)).body.id).toBe(opened.body.id)

    const token = { name: 'Bot', scopes: ['read'] }
    const made = await first.post('/tokens', token, { 'Idempotency-Key': 'token' })
    expect((await first.post('/tokens', token, { 'Idempotency-Key': 'token' })).body).toEqual(made.body)
    expect((await second.post('/tokens', token, { 'Idempotency-Key': 'token' })).status).toBe(409)
  })

  test('changes something from pages of this site alone', async ({ site }) => {
    const { cookie } = await staffOf(site, 'responder')
    const none = { 'Sec-Fetch-Site': undefined }
    const origin = 'https://status.ledgerlane.example'
    const tries: [from: string, headers: Record<string, string | undefined>, status: number][] = [
      ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: origin }, 403],
      ['another host of the domain', { 'Sec-Fetch-Site': 'same-site', Origin: origin }, 403],
      ['another site, in an older browser', { ...none, Origin: 'https://elsewhere.example' }, 403],
      ['a page without an origin', { ...none, Origin: 'null' }, 403],
      ['nobody says where', none, 403],
      ['this site', {}, 201],
      ['this site, over plain http', { ...none, Origin: origin }, 201],
      ['this site by its address', { ...none, Origin: 'http://10.0.0.5:4321', Host: '10.0.0.5:4321' }, 201],
    ]
    for (const [from, headers, status] of tries) {
      const answer = await send(site, 'POST', '/incidents', { cookie, body: INCIDENT, headers })
      expect(answer.status, from).toBe(status)
      expect((await send(site, 'GET', '/incidents', { cookie, headers })).status, from).toBe(200)
    }
    expect((await send(site, 'GET', '/incidents', { cookie })).body.items).toHaveLength(3)
  })

  test('can do what the present role allows', async ({ site }) => {
    const responder = await staffOf(site, 'responder')
    await site.as('administrator', (tx) => changeStaffMember(tx, responder.staffId, { role: 'viewer' }))
    const refused = await responder.post('/incidents', INCIDENT)
    expect([refused.status, refused.body.detail]).toEqual([403, 'Your role lacks the scope incidents:write.'])
  })
})

describe('a session', () => {
  test('ends on the server: the cookie is worth nothing afterwards, whoever has it', async ({ site }) => {
    const here = await staffOf(site, 'viewer')
    const there = await staffOf(site, 'viewer')
    const sessions = await listSessions(site.ctx.read, here.staffId, site.clock.now())
    expect(sessions.map(({ id }) => id).sort()).toEqual([here.sessionId, there.sessionId].sort())
    await site.as('administrator', (tx) => endSession(tx, here.staffId, there.sessionId))
    expect((await there.get('/me')).status).toBe(401)
    expect((await here.get('/me')).status).toBe(200)
  })

  test('is in the database as a hash only', async ({ site }) => {
    const { cookie } = await staffOf(site, 'viewer')
    const stored = JSON.stringify(await site.ctx.read.selectFrom('staff_session').selectAll().execute())
    expect(stored).not.toContain(cookie.split('=')[1])
  })

  test('waits three days for its next use, and lasts a fortnight', async ({ site }) => {
    const used = await staffOf(site, 'responder')
    const unused = await staffOf(site, 'viewer')
    for (let day = 2; day < 14; day += 2) {
      site.clock.advance({ days: 2 })
      expect((await used.get('/me')).status, `day ${day}`).toBe(200)
      await kept(site)
    }
    expect((await unused.get('/me')).status).toBe(401)
    site.clock.advance({ days: 1, hours: 23, minutes: 59 })
    expect((await used.get('/me')).status).toBe(200)
    site.clock.advance({ minutes: 1 })
    expect((await used.get('/me')).status).toBe(401)
  })

  test('does not revive when the clock goes back', async ({ site }) => {
    const { get } = await staffOf(site, 'viewer')
    site.clock.advance({ days: 4 })
    expect((await get('/me')).status).toBe(401)
    await kept(site)
    site.clock.advance({ days: -4 })
    expect((await get('/me')).status).toBe(401)
  })
})

test('a deactivated member of staff is out at once, with every session and token, and stays out', async ({
  site,
}) => {
  await staffOf(site, 'administrator')
  const responder = await staffOf(site, 'responder')
  const other = await staffOf(site, 'responder')
  const administrator = await staffOf(site, 'administrator', 'second@ledgerlane.example')
  const { body } = await administrator.post('/tokens', { name: 'Hers', scopes: ['read'] })
  const withToken = () => send(site, 'GET', '/me', { token: body.secret })
  expect((await withToken()).status).toBe(200)
  await site.as('administrator', (tx) => deactivateStaffMember(tx, responder.staffId))
  await site.as('administrator', (tx) => deactivateStaffMember(tx, administrator.staffId))
  expect((await responder.get('/me')).status).toBe(401)
  expect((await other.get('/me')).status).toBe(401)
  expect((await administrator.get('/me')).status).toBe(401)
  expect((await withToken()).status).toBe(401)
})
