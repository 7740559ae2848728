import { LOGO, PNG_LOGO } from '../../support/logos.ts'
import { describe, expect, test } from '../../support/site.ts'
import { clientOf } from './client.ts'

describe('a logo', () => {
  test('is set and taken away, and served where nothing in it can run', async ({ site }) => {
    const api = await clientOf(site, 'components:write')
    const url = (file: string) => `${site.ctx.config.url}/logo/${file}`
    const set = await api.put('/page/logo', { content: LOGO.content })
    expect([set.status, set.body.logo_url, set.body.dark_logo_url]).toEqual([200, url(LOGO.file), null])
    await api.put('/page/dark-logo', { content: PNG_LOGO.content })
    expect((await api.get('/page')).body.dark_logo_url).toBe(url(PNG_LOGO.file))
    for (const [file, type, content] of [
      [LOGO.file, 'image/svg+xml', LOGO.content],
      [PNG_LOGO.file, 'image/png', PNG_LOGO.content],
    ] as const) {
      const answer = await site.web.request(`/logo/${file}`)
      const { headers } = answer
      expect(Buffer.from(await answer.arrayBuffer()).toString('base64')).toBe(content)
      expect(headers.get('Content-Type')).toBe(type)
      expect(headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable')
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      const policy = headers.get('Content-Security-Policy')?.split('; ')
      expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", 'sandbox']))
    }
    expect((await api.delete('/page/dark-logo')).body.dark_logo_url).toBeNull()
    expect((await api.delete('/page/dark-logo')).status).toBe(404)
    expect((await site.web.request(`/logo/${PNG_LOGO.file}`)).status).toBe(404)
  })

  test('may be 64 kB, which is more than other bodies', async ({ site }) => {
    const api = await clientOf(site, 'components:write')
    const { length } = Buffer.from(PNG_LOGO.content, 'base64')
    const png = (bytes: number) =>
      Buffer.concat([Buffer.from(PNG_LOGO.content, 'base64'), Buffer.alloc(bytes - length)]).toString(
        'base64',
      )
    expect((await api.put('/page/logo', { content: png(64 * 1024) })).status).toBe(200)
    const larger = await api.put('/page/logo', { content: png(64 * 1024 + 1) })
    expect([larger.status, larger.body.errors]).toEqual([
      422,
      [{ pointer: '/content', detail: 'A logo has at most 64 kB.' }],
    ])
    expect((await api.put('/page/logo', { content: png(100 * 1024) })).status).toBe(413)
    expect((await api.put('/page/logo', { content: 'no base64!' })).body.errors).toMatchObject([
      { pointer: '/content' },
    ])
    expect((await api.put('/page/logo', { content: '' })).body.errors).toMatchObject([
      { detail: 'Choose a file.' },
    ])
  })
})
