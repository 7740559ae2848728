import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { SlaCalendarTable } from '../../db/schema.ts'
import { DomainError } from '../../errors.ts'
import { type LocalDate, localDateOf } from '../../lib/dates.ts'
import { newId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import { assertCalendar, type Calendar } from './calendar.ts'
import {
  assertBeginning,
  clockStartDay,
  earliestBeginning,
  FIRST_DAY,
  type Version,
  versionInForce,
} from './validity.ts'

/** One version of a calendar. */
export interface CalendarVersion extends Calendar, Version {
  id: string
  name: string
}

const fields = {
  name: z.string().trim().min(1, 'A calendar needs a name.').max(100),
  time_zone: z.string(),
  weekdays: z.array(z.number()).max(7),
  excluded_dates: z.array(z.string()).max(2_000),
  windows: z
    .array(z.tuple([z.string(), z.string()]))
    .max(24)
    .nullable(),
}
export const ValidFrom = z.iso.date('This is not a date like 2026-12-01.')

export const NewCalendar = z.strictObject({
  ...fields,
  weekdays: fields.weekdays.default([1, 2, 3, 4, 5]),
  excluded_dates: fields.excluded_dates.default([]),
  windows: fields.windows.default(null),
})
export type NewCalendar = z.input<typeof NewCalendar>

/**
 * Makes a calendar; its first version holds from the beginning.
 * @throws DomainError `invalid` for one that no clock could run by
 */
export async function createCalendar(
  tx: Tx,
  input: NewCalendar,
  id: string = newId<'calendar'>(),
): Promise<string> {
  const version = toVersion(id, 1, NewCalendar.parse(input), FIRST_DAY)
  assertCalendar(version)
  await insertVersion(tx, version)
  await record(tx, 'sla.calendar_created', id, { after: loggedCalendar(version) })
  return id
}

export const CalendarChanges = z.strictObject({ ...fields, valid_from: ValidFrom }).partial()
export type CalendarChanges = z.infer<typeof CalendarChanges>

/**
 * Edits a calendar, which makes a new version for clocks that start later. Without `valid_from` it holds from today on,
 * or from the first day that is free.
 * @throws DomainError `not-found`; `invalid` for one that no clock could run by, or a beginning that is taken
 */
export async function reviseCalendar(
  tx: Tx,
  id: string,
  { valid_from, ...changes }: CalendarChanges,
): Promise<void> {
  const before = await getNewestCalendar(tx.db, id)
  const base = {
    name: before.name,
    time_zone: before.timeZone,
    weekdays: before.weekdays,
    excluded_dates: before.excludedDates,
    windows: before.windows,
  }
  const draft = toVersion(id, before.version + 1, { ...base, ...changes }, FIRST_DAY)
  assertCalendar(draft)
  const earliest = await earliestBeginning(tx.db, before, { column: 'calendar_id', id }, before)
  const validFromOn = valid_from ?? laterOf(localDateOf(tx.now, draft.timeZone), earliest)
  assertBeginning(validFromOn, earliest)
  const after = { ...draft, validFromOn }
  await insertVersion(tx, after)
  await record(tx, 'sla.calendar_revised', id, { after: loggedCalendar(after) })
}

/** The version by which a clock is counted that is started at an instant. */
export function calendarInForce(versions: readonly CalendarVersion[], startAt: Instant): CalendarVersion {
  const inForce = versionInForce(versions, (version) => clockStartDay(version, startAt))
  // The first version holds for whatever came before it.
  const version = inForce ?? versions[0]
  if (version === undefined) throw new Error('This calendar has no version.')
  return version
}

/** All versions of all calendars, by calendar, the oldest version first. */
export async function listCalendars(reader: Reader): Promise<Map<string, CalendarVersion[]>> {
  const rows = await reader
    .selectFrom('sla_calendar')
    .selectAll()
    .orderBy('created_at')
    .orderBy('version')
    .execute()
  return Map.groupBy(rows.map(toCalendar), ({ id }) => id)
}

/** @throws DomainError `not-found` */
export async function getCalendarVersions(reader: Reader, id: string): Promise<CalendarVersion[]> {
  const versions = (await listCalendars(reader)).get(id)
  if (!versions) throw new DomainError('not-found', `There is no calendar ${id}.`)
  return versions
}

async function getNewestCalendar(reader: Reader, id: string): Promise<CalendarVersion> {
  const newest = (await getCalendarVersions(reader, id)).at(-1)
  if (!newest) throw new Error(`Calendar ${id} has no version.`)
  return newest
}

export function laterOf(date: LocalDate, earliest: LocalDate | null): LocalDate {
  return earliest !== null && earliest > date ? earliest : date
}

function toVersion(
  id: string,
  version: number,
  input: z.output<typeof NewCalendar>,
  validFromOn: LocalDate,
): CalendarVersion {
  return {
    id,
    version,
    name: input.name,
    timeZone: input.time_zone,
    weekdays: input.weekdays,
    excludedDates: input.excluded_dates,
    windows: input.windows,
    validFromOn,
  }
}

/** What counts stands in its own versions. The hours of a contract are its terms, so the log holds none. */
function loggedCalendar({ version, validFromOn }: CalendarVersion): Record<string, unknown> {
  return { version, valid_from: validFromOn }
}

async function insertVersion(tx: Tx, calendar: CalendarVersion): Promise<void> {
  await tx.db
    .insertInto('sla_calendar')
    .values({
      id: calendar.id,
      version: calendar.version,
      name: calendar.name,
      time_zone: calendar.timeZone,
      weekdays: JSON.stringify(calendar.weekdays),
      excluded_dates: JSON.stringify(calendar.excludedDates),
      windows: calendar.windows === null ? null : JSON.stringify(calendar.windows),
      valid_from_on: calendar.validFromOn,
      created_at: tx.now,
    })
    .execute()
}

function toCalendar(row: Selectable<SlaCalendarTable>): CalendarVersion {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    timeZone: row.time_zone,
    weekdays: JSON.parse(row.weekdays),
    excludedDates: JSON.parse(row.excluded_dates),
    windows: row.windows === null ? null : JSON.parse(row.windows),
    validFromOn: row.valid_from_on,
  }
}
