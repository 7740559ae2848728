import { FORM_LIMIT_BYTES } from '../../src/console/form.ts'
import { describe, expect, test } from '../support/site.ts'
import { consoleOf } from './console-site.ts'

describe('the gate of the console', () => {
  test('leads whoever has not signed in there, and remembers where they wanted to go', async ({ site }) => {
    const nobody = await consoleOf(site).visitor(null)
    const { status, location } = await nobody.get('/admin/incidents/abc?below=x')
    expect([status, location]).toEqual([303, '/admin/sign-in?next=%2Fadmin%2Fincidents%2Fabc%3Fbelow%3Dx'])
  })

  test('lets nobody keep what stands behind it', async ({ site }) => {
    const { web, visitor } = consoleOf(site)
    const { cookie } = await visitor('viewer')
    for (const Cookie of ['', cookie]) {
      const { headers } = await web.request('/admin/incidents/abc', { headers: { Cookie } })
      expect(headers.get('Cache-Control')).toBe('no-store')
      expect(headers.get('X-Robots-Tag')).toBe('noindex, nofollow')
      expect(headers.get('ETag')).toBeNull()
    }
  })

  test('carries a form whose session has ended to the sign-in, with all that was typed', async ({ site }) => {
    const nobody = await consoleOf(site).visitor(null)
    const { status, admitted } = await nobody.post('/admin/incidents/abc', {
      body: 'What we know.\nAnd more.',
    })
    expect(status).toBe(401)
    expect(admitted.form).toBeUndefined()
    expect(admitted.kept?.address).toBe('/admin/incidents/abc')
    expect(admitted.kept?.form.text('body')).toBe('What we know.\nAnd more.')
  })

  test('takes no form of another site', async ({ site }) => {
    const staff = await consoleOf(site).visitor('administrator')
    const from = (headers: Record<string, string>) => staff.post('/admin/incidents/abc', {}, headers)
    expect((await from({ 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403)
    expect((await from({ 'Sec-Fetch-Site': 'same-site' })).status).toBe(403)
  })

  test('lets no page act upon a form that was drawn for another session, and shows it again', async ({
    site,
  }) => {
    const staff = await consoleOf(site).visitor('administrator')
    for (const csrf of ['', 'x', `${staff.csrfToken}x`]) {
      const { status, admitted, fields } = await staff.post('/admin/incidents/abc', { csrf, body: 'Typed.' })
      expect(status).toBe(403)
      expect(admitted.form).toBeUndefined()
      expect([fields.problem?.title, fields.value('body')]).toEqual(['Nothing was sent yet', 'Typed.'])
    }
  })

  test('tells the log who was refused what, and nothing of what was typed or of secrets', async ({
    site,
  }) => {
    const lines: { message: string; details: object }[] = []
    const line = (details: object, message: string) => lines.push({ message, details })
    const log = { info: line, warn: line, error: line }
    const staff = await consoleOf({ ...site, ctx: { ...site.ctx, log } }).visitor('viewer')
    lines.length = 0
    await staff.post('/admin/incidents/abc', { body: 'Typed.' })
    await staff.post('/admin/incidents/abc', { csrf: 'x', body: 'Typed.' })
    await staff.post('/admin/incidents/abc', {}, { 'Sec-Fetch-Site': 'cross-site' })
    const { id } = await site.ctx.read.selectFrom('staff').select('id').executeTakeFirstOrThrow()
    const posted = { method: 'POST', requestId: expect.any(String) }
    const asked = {
      callerId: id,
      status: 403,
      address: '/api/admin/v1/incidents/abc/updates',
      ms: expect.any(Number),
    }
    const page = { ...posted, address: '/admin/incidents/abc' }
    const refused = 'The console has refused something.'
    expect(lines).toEqual([
      { message: 'Answered.', details: { ...posted, ...asked } },
      { message: refused, details: { ...page, staffId: id } },
      { message: refused, details: { ...page, staffId: id } },
      { message: refused, details: { ...page, staffId: undefined } },
    ])
    const [, secret = ''] = staff.cookie.split('=')
    for (const hidden of ['Typed.', secret, staff.csrfToken])
      expect(JSON.stringify(lines)).not.toContain(hidden)
  })

  test('says no to what is no form, to what is too large and to other methods', async ({ site }) => {
    const { web, visitor } = consoleOf(site)
    const { cookie: Cookie } = await visitor('administrator')
    const ask = async (method: string, type: string, body?: string) =>
      (
        await web.request('/admin/incidents/abc', {
          method,
          headers: { Cookie, 'Sec-Fetch-Site': 'same-origin', 'Content-Type': type },
          ...(body !== undefined && { body }),
        })
      ).status
    const form = 'application/x-www-form-urlencoded'
    expect(await ask('POST', 'application/json', '{}')).toBe(400)
    expect(await ask('POST', 'multipart/form-data; boundary=x', 'no part of it')).toBe(400)
    expect(await ask('POST', 'multipart/form-data; boundary=x', 'x'.repeat(FORM_LIMIT_BYTES + 1))).toBe(413)
    expect(await ask('POST', form, `body=${'x'.repeat(FORM_LIMIT_BYTES)}`)).toBe(413)
    expect(await ask('PUT', form, 'a=b')).toBe(405)
    expect(await ask('DELETE', form)).toBe(405)
  })
})
