import type { Instant } from '../lib/instant.ts'
import { escapeXml } from '../lib/xml-text.ts'
import type { Feed, FeedItem } from './feed.ts'

/**
 * The feed as RSS 2.0: the elements that status pages write, in their order, and in front of the items where it is to be
 * had. Every guid is the item's own address.
 */
export function renderRss(feed: Feed): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">',
    '<channel>',
    element('title', feed.title),
    element('link', feed.url),
    element('description', feed.description),
    // The element is not among those that status pages write, so it is there where there is something to say.
    ...(feed.language === 'en' ? [] : [element('language', feed.language)]),
    time('pubDate', feed.items[0]?.publishedAt ?? feed.updatedAt),
    `<atom:link rel="self" type="application/rss+xml" href="${escapeXml(`${feed.origin}${feed.path}.rss`)}"/>`,
    ...feed.items.map(itemElement),
    '</channel>',
    '</rss>',
    '',
  ].join('\n')
}

function itemElement(item: FeedItem): string {
  return [
    '<item>',
    element('title', item.title),
    element('description', item.html),
    time('pubDate', item.publishedAt),
    element('link', item.url),
    element('guid', item.url),
    '</item>',
  ].join('\n')
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`
}

/** `Fri, 13 Nov 2026 14:50:00 GMT` */
function time(name: string, at: Instant): string {
  return element(name, new Date(at).toUTCString())
}
