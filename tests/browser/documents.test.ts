import { hash } from 'node:crypto'
import ICAL from 'ical.js'
import RssParser from 'rss-parser'
import { describe, expect, inject, test } from 'vitest'
import { sitePages } from './site-pages.ts'
import { invalidHtml, linkChecker } from './sound-page.ts'

// What the built site sends, byte for byte, without a browser.

describe('every page', () => {
  test('is valid HTML', async () => {
    for (const [name, url] of await allPages()) {
      expect([name, await invalidHtml(await (await fetch(url)).text())]).toEqual([name, []])
    }
  })

  test('runs nothing inline and carries a policy that forbids it', async () => {
    for (const [name, url] of await allPages()) {
      const response = await fetch(url)
      const html = await response.text()
      const policy = response.headers.get('content-security-policy')
      expect(policy).toContain("default-src 'none'")
      // Its style sheets alone, by their hashes.
      const styles = [...html.matchAll(/<style>(.*?)<\/style>/gs)].map(([, text = '']) => text)
      const allowed = styles.map((text) => ` 'sha256-${hash('sha256', text, 'base64')}'`).join('')
      expect([name, policy]).toEqual([name, expect.stringContaining(`style-src 'self'${allowed};`)])
      expect(policy).not.toContain('unsafe')
      const rest = html.replaceAll(/<style>.*?<\/style>/gs, '')
      const inline = rest.match(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=/g) ?? []
      expect([name, inline]).toEqual([name, []])
    }
  })

  test('loads at most 4 kB of script', async () => {
    const { origin } = inject('builtSite')
    for (const [name, url] of await allPages()) {
      const html = await (await fetch(url)).text()
      const sources = [...html.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)].map((match) => match[1] ?? '')
      let bytes = 0
      for (const source of sources) bytes += (await (await fetch(origin + source)).arrayBuffer()).byteLength
      expect([name, bytes <= 4096, bytes]).toEqual([name, true, bytes])
    }
  })

  test('leads nowhere that does not exist', async () => {
    const deadLinks = linkChecker()
    for (const [name, url] of await allPages()) {
      expect([name, await deadLinks(url, await (await fetch(url)).text())]).toEqual([name, []])
    }
  })

  test('has the same bytes when nothing has changed, and answers 304 to who has them', async () => {
    const { origin } = inject('builtSite')
    for (const [name, pathname] of Object.entries(await sitePages(origin))) {
      if (name === 'not found') continue
      const first = await fetch(origin + pathname)
      const etag = first.headers.get('etag') ?? ''
      expect([name, etag]).toEqual([name, expect.stringMatching(/^"[^"]+"$/)])
      const again = await fetch(origin + pathname, { headers: { 'If-None-Match': etag } })
      expect([name, again.status]).toEqual([name, 304])
    }
  })
})

test('a maintenance is found as well where its links led before the page moved here', async () => {
  const { origin } = inject('builtSite')
  const { maintenance = '' } = await sitePages(origin)
  const old = maintenance.replace('/maintenance/', '/incidents/')
  const [here, there] = await Promise.all([maintenance, old].map((path) => fetch(origin + path)))
  const html = (await there?.text()) ?? ''
  expect([there?.status, mainOf(html)]).toEqual([200, mainOf((await here?.text()) ?? '')])
  expect(html).toContain(`<link rel="canonical" href="${origin}${maintenance}">`)
  const head = await fetch(origin + old, { method: 'HEAD' })
  expect([head.status, head.headers.get('etag')]).toEqual([200, there?.headers.get('etag')])
  expect((await fetch(`${origin}${old}.json`)).status).toBe(200)
})

const mainOf = (html: string) => /<main[\s\S]*<\/main>/.exec(html)?.[0]

test.each(['0', 'NO-1', '%00', '..%2f..', 'x'.repeat(5_000), '%F0%9F%92%A5', 'a/b'])(
  'a defect that is not there is a page that is not there: /defects/%.20s',
  async (id) => {
    const response = await fetch(`${inject('builtSite').origin}/defects/${id}`)
    expect([response.status, response.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8'])
  },
)

test.each(['/500', '/500/', '/%35%30%30'])('the page about a fault is no address: %s', async (address) => {
  const response = await fetch(inject('builtSite').origin + address)
  expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('<h1')])
})

describe('feeds and calendars', () => {
  test.each(['/history.rss', '/history.atom', '/updates.rss', '/updates.atom'])(
    '%s is read by a feed reader',
    async (feed) => {
      const { origin } = inject('builtSite')
      const parsed = await new RssParser().parseString(await (await fetch(origin + feed)).text())
      expect(parsed.items.length).toBeGreaterThan(10)
      for (const item of parsed.items)
        expect(item.link).toMatch(new RegExp(`^${origin}/(incidents|maintenance)/`))
    },
  )

  test.each(['/calendar.ics', '/commitments.ics'])('%s is read by a calendar library', async (calendar) => {
    const { origin } = inject('builtSite')
    const text = await (await fetch(origin + calendar)).text()
    const events = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent')
    expect(events.length).toBeGreaterThan(2)
  })
})

async function allPages(): Promise<[name: string, url: string][]> {
  const { origin, emptyOrigin } = inject('builtSite')
  const full = Object.entries(await sitePages(origin)).map(([name, path]): [string, string] => [
    name,
    origin + path,
  ])
  const empty = ['/', '/history', '/uptime', '/sla'].map((path): [string, string] => [
    `empty ${path}`,
    emptyOrigin + path,
  ])
  return [...full, ...empty]
}
