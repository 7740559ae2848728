import { z } from '@hono/zod-openapi'
import { assertNotRevisedSince } from '../../domain/sla/terms/assert-not-revised.ts'
import { type CalendarVersion, getCalendarVersions, listCalendars } from '../../domain/sla/terms/calendars.ts'
import type { Recorded } from '../../domain/sla/terms/validity.ts'
import {
  CalendarChanges,
  createCalendar,
  NewCalendar,
  reviseCalendar,
} from '../../domain/sla/terms/write-calendar.ts'
import type { Reader } from '../../domain/tx.ts'
import { changesOf } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { VersionedCursor, versionedJson, versionedOf, versionedSource } from './versions.ts'

const CalendarJson = versionedOf('Calendar', {
  name: z.string(),
  time_zone: z.string().openapi({ example: 'Asia/Kolkata' }),
  weekdays: z.array(z.int()).openapi({ description: 'Those that count, 1 is Monday.' }),
  excluded_dates: z.array(z.string()).openapi({ description: 'Local dates that do not count.' }),
  windows: z
    .array(z.tuple([z.string(), z.string()]))
    .nullable()
    .openapi({ description: 'Local times that count, as opening and closing; null is the whole day.' }),
})

// A calendar says when people work and nothing of what they promise whom, so every token may read it.
const reading = 'read'
const scope = 'sla:write'
const tag = 'Calendars'
const answer = CalendarJson
const description =
  'Local times are pairs such as `["09:00", "17:00"]`; without `windows` the whole day counts. A calendar that stands still for 400 days is refused.'

export function calendarRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/sla/calendars',
      scope: reading,
      tag,
      summary: 'List the calendars, the first made first',
      item: CalendarJson,
      cursor: VersionedCursor,
    },
    versionedSource(listCalendars, calendarJson),
  )
  routes.write(
    {
      method: 'post',
      path: '/sla/calendars',
      scope,
      tag,
      summary: 'Make a calendar',
      description,
      body: NewCalendar,
      answer,
    },
    async (tx, { body }) => readOne(tx.db, await createCalendar(tx, body)),
  )
  routes.read(
    {
      path: '/sla/calendars/{id}',
      scope: reading,
      tag,
      summary: 'Read a calendar and its versions',
      answer,
    },
    (reader, { params }) => readOne(reader, params.id),
  )
  routes.write(
    {
      method: 'patch',
      path: '/sla/calendars/{id}',
      scope,
      tag,
      summary: 'Edit a calendar, which makes a new version',
      description:
        'It counts for clocks that start on or after `valid_from`, today when left out and at the earliest; clocks that run stay with their version until somebody re-plans them. What was planned for later days is replaced.',
      body: changesOf(CalendarChanges),
      assertUnchanged: (reader, version, { id }) =>
        assertNotRevisedSince(reader, 'sla.calendar_revised', { id, version }),
      answer,
    },
    async (tx, { params: { id }, body }) => {
      await reviseCalendar(tx, id, body)
      return readOne(tx.db, id)
    },
  )
}

async function readOne(reader: Reader, id: string) {
  return calendarJson(await getCalendarVersions(reader, id))
}

function calendarJson(versions: readonly Recorded<CalendarVersion>[]): z.input<typeof CalendarJson> {
  return versionedJson(versions, ({ name, timeZone, weekdays, excludedDates, windows }) => ({
    name,
    time_zone: timeZone,
    weekdays,
    excluded_dates: excludedDates,
    windows,
  }))
}
