import type { FeedView } from '../domain/status-page/feed-views.ts'
import type { IncidentView, MaintenanceView } from '../domain/status-page/views.ts'
import type { Feed, FeedItem } from './feed.ts'
import { type FeedPage, incidentHtml, maintenanceHtml } from './feed-item.ts'

/**
 * One item per incident and maintenance, rewritten as it goes on: what existing readers of status pages expect.
 * For one component it is the same under another title and address.
 */
export function historyFeed(view: FeedView): Feed {
  const { page, component } = view
  const items = [
    ...view.incidents.map((incident) => incidentItem(incident, page)),
    ...view.maintenances.map((maintenance) => maintenanceItem(maintenance, page)),
  ]
  return {
    title: component ? `${page.name} status: ${component.name}` : `${page.name} status: history`,
    description: `Incidents and maintenance of ${component ? `${component.name}, ` : ''}${page.name}.`,
    author: page.name,
    language: page.language,
    url: component ? `${page.url}/components/${component.id}` : `${page.url}/history`,
    path: component ? `/components/${component.id}/history` : '/history',
    origin: page.url,
    updatedAt: view.updatedAt,
    items: items.sort((one, other) => other.publishedAt - one.publishedAt || (one.url < other.url ? 1 : -1)),
  }
}

function incidentItem(view: IncidentView, page: FeedPage): FeedItem {
  const { incident, updates } = view
  return {
    url: `${page.url}/incidents/${incident.id}`,
    title: incident.name,
    html: incidentHtml(view, page),
    publishedAt: Math.max(
      ...updates.map((update) => update.displayAt),
      incident.postmortem?.publishedAt ?? incident.startedAt,
    ),
    updatedAt: incident.updatedAt,
  }
}

function maintenanceItem(view: MaintenanceView, page: FeedPage): FeedItem {
  const { maintenance, updates } = view
  return {
    url: `${page.url}/maintenance/${maintenance.id}`,
    title: maintenance.name,
    html: maintenanceHtml(view, page),
    // Never the time it is planned for: an item of next week would stay on top of every reader until then.
    publishedAt:
      updates.length > 0 ? Math.max(...updates.map((update) => update.displayAt)) : maintenance.createdAt,
    updatedAt: maintenance.updatedAt,
  }
}
