import { describe, expect, test } from '../../support/site.ts'
import { clientOf, send, staffOf } from './client.ts'

const RON = { email: 'ron@ledgerlane.example', role: 'responder' }

describe('an invitation', () => {
  test('is made, listed without its address, made again, and taken back', async ({ site }) => {
    const api = await clientOf(site, 'staff:write')
    const ask = () => api.post('/invitations', RON, { 'Idempotency-Key': 'ron' })
    const made = await ask()
    expect(made.body).toMatchObject({ ...RON, expires_at: '2026-11-19T06:30:00.000Z' })
    expect(made.body.url).toMatch(/^https:\/\/status\.ledgerlane\.example\/admin\/invitations\/[\w-]{43}$/)
    expect((await ask()).body).toEqual(made.body)
    const { url, ...shown } = made.body
    expect((await api.get('/invitations')).body.items).toEqual([shown])
    const again = await api.post('/invitations', { ...RON, role: 'viewer' })
    expect((await api.get('/invitations')).body.items).toMatchObject([{ id: again.body.id, role: 'viewer' }])
    expect((await api.delete(`/invitations/${again.body.id}`)).status).toBe(204)
    expect((await api.delete(`/invitations/${again.body.id}`)).status).toBe(404)
    expect((await api.get('/invitations')).body.items).toEqual([])
    expect(
      JSON.stringify(await site.ctx.read.selectFrom('idempotency_key').selectAll().execute()),
    ).not.toContain(url.split('/').at(-1))
  })
})

describe('a member of staff', () => {
  test('is listed, changed, shut out and let in again by who may, and the last administrator stays', async ({
    site,
  }) => {
    const boss = await staffOf(site, 'administrator')
    site.clock.advance({ seconds: 1 })
    const ron = await staffOf(site, 'responder')
    expect((await boss.get('/staff')).body.items).toMatchObject([
      { id: boss.staffId, role: 'administrator' },
      { id: ron.staffId, role: 'responder', deactivated_at: null },
    ])
    const path = `/staff/${ron.staffId}`
    expect((await boss.patch(path, { role: 'viewer', name: 'Ron' })).body).toMatchObject({
      role: 'viewer',
      name: 'Ron',
    })
    expect((await ron.get('/me')).body).toMatchObject({ name: 'Ron', scopes: ['read'] })
    expect((await boss.put(`${path}/deactivation`)).body.deactivated_at).toBe('2026-11-12T06:30:01.000Z')
    expect((await boss.put(`${path}/deactivation`)).status).toBe(404)
    expect((await boss.post(`${path}/password-links`)).status).toBe(409)
    expect((await boss.delete(`${path}/deactivation`)).body.deactivated_at).toBeNull()
    expect((await ron.get('/me')).status).toBe(401)
    expect((await boss.post(`${path}/password-links`)).body.url).toMatch(/\/admin\/invitations\/[\w-]{43}$/)
    const refused = await boss.put(`/staff/${boss.staffId}/deactivation`)
    expect([refused.status, refused.body.detail]).toEqual([
      409,
      'This is the last administrator: make somebody else one first.',
    ])
  })
})

describe('whoever has signed in', () => {
  test('sees and ends their own sessions, and no one else’s', async ({ site }) => {
    const here = await staffOf(site, 'viewer')
    const there = await staffOf(site, 'viewer')
    const other = await staffOf(site, 'responder')
    const { items } = (await here.get('/me/sessions')).body
    expect(items).toHaveLength(2)
    expect(items.find(({ id }: { id: string }) => id === here.sessionId)).toMatchObject({
      is_current: true,
      user_agent: 'A browser',
    })
    expect((await here.delete(`/me/sessions/${other.sessionId}`)).status).toBe(404)
    expect((await here.delete(`/me/sessions/${there.sessionId}`)).status).toBe(204)
    expect((await there.get('/me')).status).toBe(401)
    expect((await other.get('/me')).status).toBe(200)
  })

  test('makes and revokes tokens within the role, and sees none of others', async ({ site }) => {
    const ron = await staffOf(site, 'responder')
    const eve = await staffOf(site, 'viewer')
    const beyond = await ron.post('/me/tokens', { name: 'Bot', scopes: ['sla:write'] })
    expect(beyond.body.errors).toEqual([{ pointer: '/scopes', detail: 'Your role does not have sla:write.' }])
    const made = await ron.post('/me/tokens', { name: 'Bot', scopes: ['incidents:write'] })
    expect(made.body).toMatchObject({ staff_id: ron.staffId, name: 'Bot' })
    const { secret, ...shown } = made.body
    expect((await ron.get('/me/tokens')).body.items).toEqual([shown])
    expect((await eve.get('/me/tokens')).body.items).toEqual([])
    expect((await eve.delete(`/me/tokens/${shown.id}`)).status).toBe(404)
    expect((await send(site, 'GET', '/me', { token: secret })).body).toMatchObject({
      kind: 'token',
      name: 'Bot',
    })
    expect((await ron.delete(`/me/tokens/${shown.id}`)).status).toBe(200)
    expect((await send(site, 'GET', '/me', { token: secret })).status).toBe(401)
  })

  test('changes the own name, as the audit log then has it', async ({ site }) => {
    const ron = await staffOf(site, 'responder')
    expect((await ron.patch('/me', { name: 'Ron' })).body.name).toBe('Ron')
    expect((await ron.get('/me')).body.name).toBe('Ron')
  })
})
