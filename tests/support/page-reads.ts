import { nextChangeAt } from '../../src/domain/status-page/next-change.ts'
import { readCalendar } from '../../src/domain/status-page/read-calendar.ts'
import { readComponentPage } from '../../src/domain/status-page/read-component-page.ts'
import { readFeed } from '../../src/domain/status-page/read-feed.ts'
import { readFeedUpdates } from '../../src/domain/status-page/read-feed-updates.ts'
import { readHistory } from '../../src/domain/status-page/read-history.ts'
import { readHistoryDocument } from '../../src/domain/status-page/read-history-document.ts'
import { readHome } from '../../src/domain/status-page/read-home.ts'
import { readIncidentsDocument } from '../../src/domain/status-page/read-incident-documents.ts'
import { readMaintenancesDocument } from '../../src/domain/status-page/read-maintenance-documents.ts'
import { readSummaryDocument } from '../../src/domain/status-page/read-status-documents.ts'
import { readUptime } from '../../src/domain/status-page/read-uptime.ts'
import { readUptimeDocument } from '../../src/domain/status-page/read-uptime-document.ts'
import type { Viewpoint } from '../../src/domain/status-page/viewpoint.ts'
import type { Reader } from '../../src/domain/tx.ts'

/** What is read for each kind of page, feed and document of a page on which something has happened. */
export function pageReads(
  viewpoint: Viewpoint,
  componentId: string,
): Record<string, (reader: Reader) => Promise<unknown>> {
  const ofComponent = { number: 1, componentId }
  return {
    home: (reader) => readHome(reader, viewpoint),
    history: (reader) => readHistory(reader, { number: 1, componentId: null }, viewpoint),
    'history of a component': (reader) => readHistory(reader, ofComponent, viewpoint),
    'history for programs': (reader) => readHistoryDocument(reader, 1, viewpoint),
    uptime: (reader) => readUptime(reader, ofComponent, viewpoint),
    component: (reader) => readComponentPage(reader, componentId, viewpoint),
    feed: (reader) => readFeed(reader, {}, viewpoint),
    'feed of a component': (reader) => readFeed(reader, { componentId }, viewpoint),
    'feed of updates': (reader) => readFeedUpdates(reader, viewpoint),
    calendar: (reader) => readCalendar(reader, viewpoint),
    incidents: (reader) => readIncidentsDocument(reader, 'newest', viewpoint),
    'unresolved incidents': (reader) => readIncidentsDocument(reader, 'unresolved', viewpoint),
    summary: (reader) => readSummaryDocument(reader, viewpoint),
    maintenances: (reader) => readMaintenancesDocument(reader, 'newest', viewpoint),
    'uptime of a component': (reader) =>
      readUptimeDocument(reader, { ...ofComponent, monthsPerPage: 12 }, viewpoint),
    'next change': (reader) => nextChangeAt(reader, viewpoint.now),
  }
}
