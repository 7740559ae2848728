import type { Selectable } from 'kysely'
import type { SlaCalendarTable } from '../../../db/schema.ts'
import { DomainError } from '../../../errors.ts'
import type { Instant } from '../../../lib/instant.ts'
import type { Reader } from '../../tx.ts'
import type { Calendar } from '../engine/calendar.ts'
import { clockStartDay, heldOf, type Recorded, type Version, versionInForce } from './validity.ts'

/** One version of a calendar. */
export interface CalendarVersion extends Calendar, Version {
  id: string
  name: string
}

/** The version by which a clock is counted that is started at an instant. */
export function calendarInForce(versions: readonly CalendarVersion[], startAt: Instant): CalendarVersion {
  const inForce = versionInForce(heldOf(versions), (version) => clockStartDay(version, startAt))
  // The first version holds for whatever came before it.
  const version = inForce ?? versions[0]
  if (version === undefined) throw new Error('This calendar has no version.')
  return version
}

/** All versions of all calendars, by calendar, the first made first, of each the oldest version first. */
export async function listCalendars(reader: Reader): Promise<Map<string, Recorded<CalendarVersion>[]>> {
  const rows = await reader
    .selectFrom('sla_calendar')
    .selectAll()
    .orderBy('version')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return Map.groupBy(rows.map(toCalendar), ({ id }) => id)
}

/** @throws DomainError `not-found` */
export async function getCalendarVersions(reader: Reader, id: string): Promise<Recorded<CalendarVersion>[]> {
  const versions = (await listCalendars(reader)).get(id)
  if (!versions) throw new DomainError('not-found', `There is no calendar ${id}.`)
  return versions
}

function toCalendar(row: Selectable<SlaCalendarTable>): Recorded<CalendarVersion> {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    timeZone: row.time_zone,
    weekdays: JSON.parse(row.weekdays),
    excludedDates: JSON.parse(row.excluded_dates),
    windows: row.windows === null ? null : JSON.parse(row.windows),
    validFromOn: row.valid_from_on,
    createdAt: row.created_at,
  }
}
