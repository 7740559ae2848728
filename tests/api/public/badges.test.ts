import { archiveComponent, createComponent } from '../../../src/domain/components/components.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { open, post } from './incident-story.ts'

async function titleOf(site: Site, path: string): Promise<string | undefined> {
  const response = await site.web.request(path)
  expect([path, response.status]).toEqual([path, 200])
  return /<title>(.*)<\/title>/.exec(await response.text())?.[1]
}

describe('a badge', () => {
  test('says how the page is, as its headline does, and how a component is', async ({ site }) => {
    const { api, checkout } = site.components
    expect(await titleOf(site, '/badge.svg')).toBe('Ledger Lane: working')
    // Of an incident without an impact the sentence of the headline tells, and its state is that of the components.
    const harmless = await open(site, {})
    expect(await titleOf(site, '/badge.svg')).toBe('Ledger Lane: working')
    await post(site, harmless, 'resolved')
    const untouched = await open(site, { impact_override: 'critical' })
    expect(await titleOf(site, '/badge.svg')).toBe('Ledger Lane: major outage')
    await post(site, untouched, 'resolved')
    await open(site, { components: { [checkout]: 'partial_outage' } })
    expect(await titleOf(site, '/badge.svg')).toBe('Ledger Lane: partial outage')
    expect(await titleOf(site, `/components/${checkout}/badge.svg`)).toBe('Checkout: partial outage')
    expect(await titleOf(site, `/components/${api}/badge.svg`)).toBe('API: working')
  })

  test('says that there is no data where nothing is monitored, and is not there for what is gone', async ({
    site,
  }) => {
    const ids = Object.values(site.components)
    await site.as('administrator', async (tx) => {
      for (const id of ids) await archiveComponent(tx, id)
    })
    expect(await titleOf(site, '/badge.svg')).toBe('Ledger Lane: no data')
    for (const id of [...ids, 'nothing', 'No-Id']) {
      const response = await site.web.request(`/components/${id}/badge.svg`)
      expect([response.status, response.headers.get('Content-Type')]).toEqual([
        404,
        'text/plain; charset=UTF-8',
      ])
    }
  })

  test('is an image that can neither run nor load anything, in the colours that are asked for', async ({
    site,
  }) => {
    const id = await site.as('administrator', (tx) =>
      createComponent(tx, { name: '<script>alert(1)</script>' }),
    )
    const response = await site.web.request(`/components/${id}/badge.svg`)
    expect(await response.text()).not.toContain('<script')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=15, stale-while-revalidate=60, stale-if-error=86400',
      etag: expect.stringMatching(/^"[\w-]+"$/),
    })
    const schemes = ['', '?theme=auto', '?theme=mauve', '?theme=light', '?theme=dark'].map(async (query) =>
      (await (await site.web.request(`/badge.svg${query}`)).text()).includes('prefers-color-scheme'),
    )
    expect(await Promise.all(schemes)).toEqual([true, true, true, false, false])
  })
})
