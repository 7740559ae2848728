import Parser from 'rss-parser'
import { describe, expect, test } from 'vitest'
import type { FeedUpdatesView } from '../../src/domain/status-page/feed-views.ts'
import { renderAtom } from '../../src/render/atom.ts'
import { renderJsonFeed } from '../../src/render/feed-json.ts'
import { renderRss } from '../../src/render/rss.ts'
import { updatesFeed } from '../../src/render/updates-feed.ts'
import { FRIDAY_EVENING, page } from './sample-views.ts'

const view: FeedUpdatesView = {
  page,
  updatedAt: FRIDAY_EVENING,
  updates: [
    {
      id: 'update000003',
      subject: { kind: 'maintenance', id: 'maintenance1', name: 'Database upgrade' },
      status: 'in_progress',
      body: 'The upgrade has begun.',
      postedAt: FRIDAY_EVENING,
      changes: [],
    },
    {
      id: 'update000001',
      subject: { kind: 'incident', id: 'incident0001', name: 'Payments & refunds fail' },
      status: 'identified',
      body: 'A bank is down.',
      postedAt: FRIDAY_EVENING - 60_000,
      changes: [
        { componentId: 'c1', name: 'Checkout <v2>', oldStatus: 'operational', newStatus: 'major_outage' },
      ],
    },
  ],
}
const feed = updatesFeed(view)

describe('the feed of updates', () => {
  test.each([
    ['RSS', renderRss(feed)],
    ['Atom', renderAtom(feed)],
  ])('as %s has one item per update, addressed in its timeline', async (_, xml) => {
    const { items } = await new Parser().parseString(xml)
    expect(items.map(({ title, link }) => [title, link])).toEqual([
      [
        'In progress: Database upgrade',
        'https://status.nimbus.example/maintenance/maintenance1#update-update000003',
      ],
      [
        'Identified: Payments & refunds fail',
        'https://status.nimbus.example/incidents/incident0001#update-update000001',
      ],
    ])
    expect(items[1]?.content).toBe('<p>A bank is down.</p><p>Checkout &lt;v2&gt;: working → major outage</p>')
  })

  test('as JSON Feed 1.1 says the same', () => {
    const json = JSON.parse(renderJsonFeed(feed))
    expect(json).toMatchObject({
      version: 'https://jsonfeed.org/version/1.1',
      feed_url: 'https://status.nimbus.example/feed.json',
      home_page_url: 'https://status.nimbus.example/',
    })
    expect(json.items[1]).toEqual({
      id: 'https://status.nimbus.example/incidents/incident0001#update-update000001',
      url: 'https://status.nimbus.example/incidents/incident0001#update-update000001',
      title: 'Identified: Payments & refunds fail',
      content_html: '<p>A bank is down.</p><p>Checkout &lt;v2&gt;: working → major outage</p>',
      date_published: '2026-11-13T14:29:00Z',
    })
  })

  test('writes an update the same way whatever the page’s zone and the updates around it', () => {
    const moved = { ...view, page: { ...page, timeZone: 'America/New_York' }, updates: view.updates.slice(1) }
    expect(updatesFeed(moved).items[0]).toEqual(feed.items[1])
  })
})
