import { isDeepStrictEqual } from 'node:util'
import type { Outlook } from '../domain/status-page/consequences/read-outlook.ts'
import type { FeedUpdatesView, FeedView } from '../domain/status-page/feed-views.ts'
import type { Feed, FeedItem } from './feed.ts'
import type { FeedPage } from './feed-item.ts'
import { historyFeed } from './history-feed.ts'
import { updatesFeed } from './updates-feed.ts'

/** An item that feed readers get for the first time, or again because it says something else. */
export interface FeedChange {
  effect: 'new' | 'rewritten'
  item: FeedItem
}

export interface FeedChanges {
  history: FeedChange[]
  updates: FeedChange[]
  /** Components whose own history has such an item. */
  componentIds: string[]
}

/** What a write changes in the feeds, the newest first. */
export function feedChanges(before: Outlook, after: Outlook): FeedChanges {
  const history = changesOf(
    historyFeed(different(before.feed, after.feed)),
    historyFeed(different(after.feed, before.feed)),
  )
  const touched = changesOf(historyFeed(touchedOf(before)), historyFeed(touchedOf(after)))
  const inFeed = componentIdsIn(after.feed, history)
  const older = componentIdsIn(touchedOf(after), touched).filter((id) => after.olderFeedIds.includes(id))
  return {
    history,
    updates: changesOf(
      updatesFeed(differentUpdates(before.updates, after.updates)),
      updatesFeed(differentUpdates(after.updates, before.updates)),
    ),
    componentIds: [...new Set([...inFeed, ...older])],
  }
}

function changesOf(before: Feed, after: Feed): FeedChange[] {
  const known = new Map(before.items.map((item) => [item.url, item]))
  return after.items.flatMap((item): FeedChange[] => {
    const was = known.get(item.url)
    if (was === undefined) return [{ effect: 'new', item }]
    const isSame = was.title === item.title && was.html === item.html && was.publishedAt === item.publishedAt
    return isSame ? [] : [{ effect: 'rewritten', item }]
  })
}

/** To write items down takes longer than to read them, so only those are of which anything has changed. */
function different(view: FeedView, other: FeedView): FeedView {
  if (!isDeepStrictEqual(feedPage(view), feedPage(other))) return view
  const incidents = new Map(other.incidents.map((one) => [one.incident.id, one]))
  const maintenances = new Map(other.maintenances.map((one) => [one.maintenance.id, one]))
  return {
    ...view,
    incidents: view.incidents.filter((one) => !isDeepStrictEqual(one, incidents.get(one.incident.id))),
    maintenances: view.maintenances.filter(
      (one) => !isDeepStrictEqual(one, maintenances.get(one.maintenance.id)),
    ),
  }
}

function feedPage({ page: { timeZone, url } }: FeedView): FeedPage {
  return { timeZone, url }
}

function differentUpdates(view: FeedUpdatesView, other: FeedUpdatesView): FeedUpdatesView {
  const updates = new Map(other.updates.map((one) => [one.id, one]))
  return { ...view, updates: view.updates.filter((one) => !isDeepStrictEqual(one, updates.get(one.id))) }
}

/** A feed of what was touched alone, however long ago it was. */
function touchedOf({ feed, incidents, maintenances }: Outlook): FeedView {
  return { ...feed, incidents, maintenances }
}

function componentIdsIn({ incidents, maintenances }: FeedView, changes: readonly FeedChange[]): string[] {
  const changed = new Set(changes.map(({ item }) => item.url.slice(item.url.lastIndexOf('/') + 1)))
  return [
    ...incidents.map(({ incident: { id }, components }) => ({ id, components })),
    ...maintenances.map(({ maintenance: { id }, components }) => ({ id, components })),
  ]
    .filter(({ id }) => changed.has(id))
    .flatMap(({ components }) => components.map(({ id }) => id))
}
