import ical, {
  escape as escapeText,
  ICalCalendarMethod,
  type ICalEventData,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import type { CalendarView } from '../domain/status-page/feed-views.ts'
import type { MaintenanceView, PageView } from '../domain/status-page/views.ts'
import { HOUR_MS, SECOND_MS } from '../lib/instant.ts'
import { xmlText } from '../lib/xml-text.ts'

/** Maintenance windows as iCalendar (RFC 5545), in UTC. A cancelled one stays, or no calendar would take it out. */
export function maintenanceCalendar({ page, maintenances }: CalendarView): string {
  const calendar = ical({
    prodId: { company: 'Avow', product: 'Status page' },
    method: ICalCalendarMethod.PUBLISH,
    // The library escapes everything but this.
    name: escapeText(plain(`${page.name} maintenance`), false),
    url: `${page.url}/`,
    source: `${page.url}/calendar.ics`,
    ttl: HOUR_MS / SECOND_MS,
    events: maintenances.map((view) => event(view, page)),
  })
  return `${calendar.toString()}\r\n`
}

/** Only `sequence` and `updatedAt` tell of a change: the same record gives the same bytes at any time. */
function event({ maintenance, components }: MaintenanceView, page: PageView): ICalEventData {
  const url = `${page.url}/maintenance/${maintenance.id}`
  const affected = components.map(({ name }) => name).join(', ')
  return {
    id: `maintenance-${maintenance.id}@${new URL(page.url).hostname}`,
    sequence: maintenance.sequence,
    stamp: new Date(maintenance.updatedAt),
    created: new Date(maintenance.createdAt),
    lastModified: new Date(maintenance.updatedAt),
    start: new Date(maintenance.scheduledFor),
    end: new Date(maintenance.scheduledUntil),
    summary: plain(maintenance.name),
    description: plain(affected === '' ? url : `Affects ${affected}.\n${url}`),
    url,
    status: maintenance.status === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    // It is no appointment of the reader's: their time stays free.
    transparency: ICalEventTransparency.TRANSPARENT,
  }
}

/** Control characters are as forbidden in iCalendar as in XML. */
function plain(text: string): string {
  return xmlText(text)
}
