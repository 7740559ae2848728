import { clockWords, zoneWord } from '../lib/date-words.ts'
import type { Instant } from '../lib/instant.ts'
import { markdownHtml } from './markdown.ts'

/** "Feb 8, 09:00 UTC": the short form that readers of status feeds know, the day's year being in the item's date. */
export function feedTime(at: Instant, zone: string): string {
  const day = new Date(at).toLocaleDateString('en-US', { timeZone: zone, month: 'short', day: 'numeric' })
  return `${day}, ${clockWords(at, zone)} ${zoneWord(at, zone)}`
}

/** Markdown as HTML that stands far from its page: links that began with `/` begin with the origin. */
export function feedHtml(body: string, origin: string): string {
  return markdownHtml(body)
    .replace(/(<a [^>]*?href=")\/(?!\/)/g, `$1${origin}/`)
    .trim()
}
