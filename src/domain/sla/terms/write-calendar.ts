import { z } from 'zod'
import type { LocalDate } from '../../../lib/dates.ts'
import { newId } from '../../../lib/ids.ts'
import { record } from '../../events/record.ts'
import type { Tx } from '../../tx.ts'
import { assertCalendar } from '../engine/calendar.ts'
import { type CalendarVersion, getCalendarVersions } from './calendars.ts'
import { firstDayOf } from './first-day.ts'
import { assertPoliciesWithinReach } from './reach.ts'
import { editedVersion, FIRST_DAY, ValidFrom } from './validity.ts'

const WINDOW = 'A window is two local times such as 09:00 and 17:00.'
const fields = {
  name: z.string().trim().min(1, 'A calendar needs a name.').max(100),
  time_zone: z.string().max(100),
  weekdays: z.array(z.number()).max(7),
  excluded_dates: z.array(z.string().max(100)).max(2_000),
  windows: z
    .array(z.tuple([z.string().max(100), z.string().max(100)], WINDOW))
    .max(24)
    .nullable(),
}

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
 * Edits a calendar, which makes a new version for clocks that start later; `firstDayOf` says from when on.
 * @throws DomainError `not-found`; `invalid` for one that no clock could run by, or a beginning that is too early
 */
export async function reviseCalendar(
  tx: Tx,
  id: string,
  { valid_from: asked, ...changes }: CalendarChanges,
): Promise<void> {
  const versions = await getCalendarVersions(tx.db, id)
  const before = editedVersion(versions, asked)
  const base = {
    name: before.name,
    time_zone: before.timeZone,
    weekdays: before.weekdays,
    excluded_dates: before.excludedDates,
    windows: before.windows,
  }
  const draft = toVersion(id, versions.length + 1, { ...base, ...changes }, FIRST_DAY)
  assertCalendar(draft)
  await assertPoliciesWithinReach(tx.db, id, draft, tx.now)
  const clocks = { under: 'calendar_id', name: id, startAt: 'starts_at' } as const
  const validFromOn = await firstDayOf(tx, { versions, clocks, calendarAt: () => draft, asked })
  const after = { ...draft, validFromOn }
  await insertVersion(tx, after)
  await record(tx, 'sla.calendar_revised', id, {
    before: loggedCalendar(before),
    after: loggedCalendar(after),
  })
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
