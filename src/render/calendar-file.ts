import ical, { escape as escapeText, ICalCalendarMethod, type ICalEventData } from 'ical-generator'
import type { PageView } from '../domain/status-page/views.ts'
import { HOUR_MS, SECOND_MS } from '../lib/instant.ts'
import { xmlText } from '../lib/xml-text.ts'

/** What a calendar of the page is called, and where it stands. */
export interface CalendarFile {
  name: string
  /** Without the origin, for instance `/calendar.ics`. */
  path: string
  events: ICalEventData[]
}

/** A calendar to subscribe to, as iCalendar (RFC 5545): lines of 75 octets at most that end with CRLF. */
export function calendarFile(page: PageView, { name, path, events }: CalendarFile): string {
  const calendar = ical({
    prodId: { company: 'Avow', product: 'Status page' },
    method: ICalCalendarMethod.PUBLISH,
    // The library escapes everything but this.
    name: escapeText(plain(name), false),
    url: `${page.url}/`,
    source: `${page.url}${path}`,
    ttl: HOUR_MS / SECOND_MS,
    events,
  })
  return `${calendar.toString()}\r\n`
}

/** The lasting identity of an event: a name within this page, and the page's host. */
export function eventId(page: PageView, name: string): string {
  return `${name}@${new URL(page.url).hostname}`
}

/** Control characters are as forbidden in iCalendar as in XML. */
export function plain(text: string): string {
  return xmlText(text)
}
