import RSS from 'rss'
import { xmlText } from '../lib/xml-text.ts'
import type { Feed } from './feed.ts'

/** The feed as RSS 2.0, every guid being the item's own address. */
export function renderRss(feed: Feed): string {
  const rss = new RSS({
    title: xmlText(feed.title),
    description: xmlText(feed.description),
    site_url: feed.url,
    feed_url: `${feed.origin}${feed.path}.rss`,
    pubDate: new Date(feed.items[0]?.publishedAt ?? feed.updatedAt),
    language: feed.language,
    generator: 'Avow',
  })
  for (const item of feed.items) {
    rss.item({
      title: xmlText(item.title),
      description: xmlText(item.html),
      // Without a guid of its own the library makes one of the address and calls it a permanent link.
      url: item.url,
      date: new Date(item.publishedAt),
    })
  }
  return stillBuildDate(rss.xml({ indent: true }), feed)
}

/** The library writes the present moment as build date; the same feed must come out as the same bytes. */
function stillBuildDate(xml: string, feed: Feed): string {
  const date = new Date(feed.updatedAt).toUTCString()
  return `${xml.replace(/(<\/generator>\s*<lastBuildDate>)[^<]*/, (_, before: string) => before + date)}\n`
}
