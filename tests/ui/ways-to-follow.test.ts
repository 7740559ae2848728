import { describe, expect, test } from 'vitest'
import type { SubscribeView } from '../../src/domain/status-page/views.ts'
import { waysToFollow } from '../../src/ui/ways-to-follow.ts'
import { page } from '../render/sample-views.ts'

const view: SubscribeView = { page, choices: [], component: null, status: 'operational' }
const textsOf = (ways: ReturnType<typeof waysToFollow>) =>
  new Map(ways.flatMap(({ lines }) => lines.map(({ label, text }) => [label, text])))

describe('the ways to follow', () => {
  test('a page with a name that has a meaning in Markdown and HTML say it as it is', () => {
    const texts = textsOf(waysToFollow({ ...view, page: { ...page, name: '[A] & "B" <i>' } }, ['*']))
    expect(texts.get('Markdown')).toBe(
      `[![Status of \\[A\\] & "B" <i>](${page.url}/badge.svg)](${page.url}/)`,
    )
    expect(texts.get('HTML')).toContain('alt="Status of [A] &amp; &quot;B&quot; &lt;i&gt;"')
    expect(texts.get('Always')).toContain('title="Status of [A] &amp; &quot;B&quot; &lt;i&gt;"')
  })

  test('offer the card only where somebody may show it, and promises only where they are shown', () => {
    const card = (origins: string[]) => waysToFollow(view, origins).find(({ id }) => id === 'card')
    expect(card([])).toMatchObject({
      about: expect.stringContaining('No other page may show it yet'),
      lines: [{ text: 'AVOW_EMBED_ORIGINS=https://www.example.com', path: '/embed' }],
    })
    expect(card(['*'])?.lines.map(({ text }) => text)).toEqual([
      `<script src="${page.url}/embed.js" async></script>`,
      expect.stringContaining(`<iframe src="${page.url}/embed"`),
    ])
    expect(card(['https://app.example.com'])?.about).toContain('It is shown on: https://app.example.com.')
    expect(card(['*'])?.about).toContain('Any page may show it.')
    const texts = (showsCommitments: boolean) =>
      [...textsOf(waysToFollow({ ...view, page: { ...page, showsCommitments } }, [])).values()].join('\n')
    expect(texts(true)).toMatch(/commitments\.ics[\s\S]*sla\/record\.json/)
    expect(texts(false)).not.toMatch(/commitments|sla/)
  })

  test('lead to what there is to look at, at addresses of this page', () => {
    const component = { id: 'abc', name: 'Checkout' }
    for (const ways of [waysToFollow(view, ['*']), waysToFollow({ ...view, component }, [])]) {
      const lines = ways.flatMap(({ lines }) => lines)
      expect(lines.length).toBeGreaterThan(6)
      for (const { text, path } of lines) {
        expect(text).toContain(page.url)
        if (path !== null) expect(text).toContain(page.url + path)
        // A copy in a folder has no file for an address with a query beside a file.
        expect(path ?? '').not.toContain('?')
      }
    }
  })
})
