import { type Instant, toShortIso } from '../lib/instant.ts'
import { escapeXml } from '../lib/xml-text.ts'
import type { Feed, FeedItem } from './feed.ts'

/** The feed as Atom 1.0 (RFC 4287): the elements that status pages write, in their order. */
export function renderAtom(feed: Feed): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${feed.language}">`,
    element('id', tagUri(feed.origin, feed.path)),
    link('alternate', 'text/html', feed.url),
    link('self', 'application/atom+xml', `${feed.origin}${feed.path}.atom`),
    element('title', feed.title),
    time('updated', feed.updatedAt),
    `<author>${element('name', feed.author)}</author>`,
    ...feed.items.map((item) => entry(feed, item)),
    '</feed>',
    '',
  ].join('\n')
}

function entry(feed: Feed, item: FeedItem): string {
  return [
    '<entry>',
    element('id', tagUri(feed.origin, item.url.slice(feed.origin.length))),
    time('published', item.publishedAt),
    time('updated', item.updatedAt),
    link('alternate', 'text/html', item.url),
    element('title', item.title),
    `<content type="html">${escapeXml(item.html)}</content>`,
    '</entry>',
  ].join('\n')
}

/**
 * A tag URI (RFC 4151) on the page's host. Its year says since when the name was ours to give; it never moves, or
 * every reader would see every entry again.
 */
function tagUri(origin: string, path: string): string {
  return `tag:${new URL(origin).hostname},2026:${path}`
}

function element(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`
}

function time(name: string, at: Instant): string {
  return `<${name}>${toShortIso(at)}</${name}>`
}

function link(rel: string, type: string, href: string): string {
  return `<link rel="${rel}" type="${type}" href="${escapeXml(href)}"/>`
}
