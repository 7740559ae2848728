import { changeSentence } from '../domain/components/status-words.ts'
import type { FeedUpdate, FeedUpdatesView } from '../domain/status-page/feed-views.ts'
import { updateStatusWord } from '../domain/status-page/update-words.ts'
import { escapeXml } from '../lib/xml-text.ts'
import type { Feed, FeedItem } from './feed.ts'
import { feedHtml } from './feed-text.ts'

/**
 * One item per update, for tools that post whatever is new. Nothing in an item depends on anything but the update as
 * it was first posted: no neighbour, no zone, no later edit, so that nothing is ever posted twice.
 */
export function updatesFeed(view: FeedUpdatesView): Feed {
  const { page } = view
  return {
    title: `${page.name} status: updates`,
    description: `Every update that ${page.name} posts about incidents and maintenance.`,
    author: page.name,
    language: page.language,
    url: `${page.url}/`,
    path: '/updates',
    origin: page.url,
    updatedAt: view.updatedAt,
    items: view.updates.map((update) => item(update, page.url)),
  }
}

function item(update: FeedUpdate, origin: string): FeedItem {
  const folder = update.subject.kind === 'incident' ? 'incidents' : 'maintenance'
  const changes = update.changes.map((change) => escapeXml(changeSentence(change)))
  return {
    url: `${origin}/${folder}/${update.subject.id}#update-${update.id}`,
    title: `${updateStatusWord(update.status)}: ${update.subject.name}`,
    html: feedHtml(update.body, origin) + (changes.length === 0 ? '' : `<p>${changes.join('<br>')}</p>`),
    publishedAt: update.postedAt,
    updatedAt: update.postedAt,
  }
}
