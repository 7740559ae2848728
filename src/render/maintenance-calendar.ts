import { type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import type { CalendarView } from '../domain/status-page/feed-views.ts'
import type { MaintenanceView, PageView } from '../domain/status-page/views.ts'
import { calendarFile, eventId, plain } from './calendar-file.ts'

/** Maintenance windows as iCalendar, in UTC. A cancelled one stays, or no calendar would take it out. */
export function maintenanceCalendar({ page, maintenances }: CalendarView): string {
  const events = maintenances.map((view) => event(view, page))
  return calendarFile(page, { name: `${page.name} maintenance`, path: '/calendar.ics', events })
}

/** Only `sequence` and `updatedAt` tell of a change: the same record gives the same bytes at any time. */
function event({ maintenance, components }: MaintenanceView, page: PageView): ICalEventData {
  const url = `${page.url}/maintenance/${maintenance.id}`
  const affected = components.map(({ name }) => name).join(', ')
  return {
    id: eventId(page, `maintenance-${maintenance.id}`),
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
