import { isDeepStrictEqual } from 'node:util'
import type { Outlook } from '../domain/status-page/consequences/read-outlook.ts'
import type { CalendarView } from '../domain/status-page/feed-views.ts'
import { commitmentCalendar } from './commitment-calendar.ts'
import { maintenanceCalendar } from './maintenance-calendar.ts'

/** The paths of the calendars in which a write changes anything. */
export function changedCalendars(before: Outlook, after: Outlook): string[] {
  return [
    ...(windows(before, after) === windows(after, before) ? [] : ['/calendar.ics']),
    ...(promises(before) === promises(after) ? [] : ['/commitments.ics']),
  ]
}

/** The calendar without what is the same in the other one, unless that is written otherwise as well. */
function windows({ calendar }: Outlook, { calendar: other }: Outlook): string {
  if (!isDeepStrictEqual(calendar.page, other.page)) return maintenanceCalendar(calendar)
  const known = new Map(other.maintenances.map((one) => [one.maintenance.id, one]))
  const isOther = (one: CalendarView['maintenances'][number]) =>
    !isDeepStrictEqual(one, known.get(one.maintenance.id))
  return maintenanceCalendar({ ...calendar, maintenances: calendar.maintenances.filter(isOther) })
}

/** Only those that were touched are in it: the others are as they were. */
function promises({ commitments }: Outlook): string | null {
  return commitments && commitmentCalendar(commitments)
}
