import { toShortIso } from '../lib/instant.ts'
import { xmlText } from '../lib/xml-text.ts'
import type { Feed } from './feed.ts'

/** The feed as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), at `/feed.json`. */
export function renderJsonFeed(feed: Feed): string {
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: xmlText(feed.title),
    description: xmlText(feed.description),
    home_page_url: feed.url,
    feed_url: `${feed.origin}/feed.json`,
    authors: [{ name: xmlText(feed.author), url: feed.origin }],
    language: feed.language,
    items: feed.items.map((item) => ({
      id: item.url,
      url: item.url,
      title: xmlText(item.title),
      content_html: xmlText(item.html),
      date_published: toShortIso(item.publishedAt),
    })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}
