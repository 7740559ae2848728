import type { Selectable } from 'kysely'
import type { SlaCalendarTable, SlaPolicyTable } from '../../db/schema.ts'
import { localDateOf } from '../../lib/dates.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Reader } from '../tx.ts'
import { clockStartAt } from './business-time.ts'
import type { Calendar } from './calendar.ts'
import type { PolicyGoals } from './terms.ts'

/** One version of a policy: what is promised, and by which version of which calendar it is counted. */
export interface Policy {
  id: string
  version: number
  name: string
  calendar: { id: string; version: number }
  /** First local day of validity, in the calendar's zone. */
  validFromOn: string
  /** First day after validity, or null. */
  validToOn: string | null
  goals: PolicyGoals
}

/** One version of a calendar. */
export interface CalendarVersion extends Calendar {
  id: string
  version: number
  name: string
}

/** A policy with its calendar: the terms that a clock runs under. */
export interface Terms {
  policy: Policy
  calendar: CalendarVersion
}

/**
 * The terms for a clock that is started at `startAt`: the version valid on the local day on which the clock starts,
 * in the calendar's zone (rule 18).
 * @throws Error when no terms are in force, which installation rules out
 */
export async function termsFor(reader: Reader, startAt: Instant): Promise<Terms> {
  const policies = await listPolicies(reader)
  for (const policy of policies) {
    const calendar = await getCalendar(reader, policy.calendar)
    const startsOn = localDateOf(clockStartAt(calendar, startAt), calendar.timeZone)
    const valid = policy.validFromOn <= startsOn && (policy.validToOn === null || startsOn < policy.validToOn)
    if (valid) return { policy, calendar }
  }
  throw new Error('No SLA policy is in force. The installation is not complete.')
}

/** All versions of all policies, newest version first. */
export async function listPolicies(reader: Reader): Promise<Policy[]> {
  const rows = await reader
    .selectFrom('sla_policy')
    .selectAll()
    .orderBy('version', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(toPolicy)
}

export async function listCalendars(reader: Reader): Promise<CalendarVersion[]> {
  const rows = await reader.selectFrom('sla_calendar').selectAll().orderBy('id').orderBy('version').execute()
  return rows.map(toCalendar)
}

async function getCalendar(reader: Reader, key: { id: string; version: number }): Promise<CalendarVersion> {
  const row = await reader
    .selectFrom('sla_calendar')
    .selectAll()
    .where('id', '=', key.id)
    .where('version', '=', key.version)
    .executeTakeFirstOrThrow()
  return toCalendar(row)
}

function toPolicy(row: Selectable<SlaPolicyTable>): Policy {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    calendar: { id: row.calendar_id, version: row.calendar_version },
    validFromOn: row.valid_from_on,
    validToOn: row.valid_to_on,
    goals: JSON.parse(row.goals),
  }
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
  }
}
