import type { Fields } from '../../console/fields.ts'

type FeedEntry = NonNullable<Fields['consequences']>['feed_entries'][number]

/** What feed readers get of a change: what is new to them, and what they get again because it says something else. */
export function feedSentences(entries: readonly FeedEntry[]): string[] {
  const titles = (feed: 'history' | 'updates', effect: 'new' | 'rewritten') =>
    entries.filter((entry) => entry.feed === feed && entry.effect === effect).map(({ title }) => title)
  const updates = titles('updates', 'new')
  // What an update opens is new there as well: it need not be told twice.
  const opened = updates.length === 0 ? titles('history', 'new') : []
  return [
    ...(updates.length > 0 ? [`New in the feeds of updates: ${quoted(updates)}.`] : []),
    ...(opened.length > 0 ? [`New in the history feeds: ${quoted(opened)}.`] : []),
    ...rewritten('the history feeds', titles('history', 'rewritten')),
    ...rewritten('the feeds of updates', titles('updates', 'rewritten')),
  ]
}

function rewritten(feeds: string, titles: string[]): string[] {
  if (titles.length === 0) return []
  return titles.length === 1
    ? [`Written anew in ${feeds}: ${quoted(titles)}.`]
    : [`Written anew in ${feeds}: ${titles.length} items.`]
}

function quoted(titles: string[]): string {
  return new Intl.ListFormat('en').format(titles.map((title) => `“${title}”`))
}
