import { describe, expect, test } from '../../support/site.ts'
import { clientOf, send, writer } from './client.ts'

describe('a token', () => {
  test('is shown once, works, says who it is, and works no more once revoked', async ({ site }) => {
    const staff = await clientOf(site, 'staff:write')
    const made = await staff.post('/tokens', { name: 'Deploy bot', scopes: ['incidents:write'] })
    expect(made.status).toBe(201)
    expect(made.body.secret).toMatch(/^avow_[\w-]{43}$/)
    const { secret, ...shown } = made.body
    expect(shown).toMatchObject({ name: 'Deploy bot', scopes: ['incidents:write'], expires_at: null })

    const listed = await staff.get('/tokens')
    expect(listed.body.items).toContainEqual(shown)
    expect(JSON.stringify(listed.body)).not.toContain(secret)
    expect((await send(site, 'GET', '/me', { token: secret })).body).toMatchObject({ id: shown.id })

    const revoked = await staff.delete(`/tokens/${shown.id}`)
    expect(revoked.body).toMatchObject({ id: shown.id, revoked_at: '2026-11-12T06:30:00.000Z' })
    expect((await send(site, 'GET', '/me', { token: secret })).status).toBe(401)
    expect((await staff.delete(`/tokens/${shown.id}`)).status).toBe(404)
  })

  test('expires at its time to the millisecond', async ({ site }) => {
    const staff = await clientOf(site, 'staff:write')
    const expires_at = '2026-11-12T07:30:00.000Z'
    const { body } = await staff.post('/tokens', { name: 'Short', scopes: ['read'], expires_at })
    site.clock.set('2026-11-12T07:29:59.999Z')
    expect((await send(site, 'GET', '/me', { token: body.secret })).status).toBe(200)
    site.clock.set(expires_at)
    expect((await send(site, 'GET', '/me', { token: body.secret })).status).toBe(401)
  })

  test('keeps when it was last used, at most once a minute', async ({ site }) => {
    const api = await clientOf(site, 'read')
    const lastUsed = async () => {
      // Kept behind the answer, so a write of our own has to wait its turn first.
      await site.as('administrator', async () => undefined)
      return (await site.ctx.read.selectFrom('token').select('last_used_at').executeTakeFirstOrThrow())
        .last_used_at
    }
    await api.get('/me')
    await expect.poll(lastUsed).toBe(site.ctx.now())
    const first = site.ctx.now()
    site.clock.advance({ seconds: 59 })
    await api.get('/me')
    expect(await lastUsed()).toBe(first)
    site.clock.advance({ seconds: 1 })
    await api.get('/me')
    await expect.poll(lastUsed).toBe(first + 60_000)
  })

  test('is in the database as a hash only, even where its answer is kept for a repeated request', async ({
    site,
  }) => {
    const api = await writer(site)
    const ask = () =>
      api.post('/tokens', { name: 'Bot', scopes: ['read'] }, { 'Idempotency-Key': 'make-bot' })
    const made = await ask()
    expect((await ask()).body).toEqual(made.body)
    const stored = JSON.stringify([
      await site.ctx.read.selectFrom('token').selectAll().execute(),
      await site.ctx.read.selectFrom('idempotency_key').selectAll().execute(),
      await site.ctx.read.selectFrom('event').selectAll().execute(),
    ])
    expect(stored).not.toContain(made.body.secret)
    expect(stored).toContain(made.body.id)
  })
})
