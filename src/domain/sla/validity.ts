import { invalidField } from '../../errors.ts'
import { localDateWords } from '../../lib/date-words.ts'
import { addDays, type LocalDate, localDateOf } from '../../lib/dates.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Reader } from '../tx.ts'
import { clockStartAt } from './business-time.ts'
import type { Calendar } from './calendar.ts'

/** A version of a calendar, a policy or a contract: it holds from a local day on, until the next version begins. */
export interface Version {
  version: number
  /** First local day of validity. */
  validFromOn: LocalDate
  /** First day after validity, for what ends without a successor. */
  validToOn?: LocalDate | null
}

/** What holds from the beginning; no defect is older. */
export const FIRST_DAY = '2000-01-01'

/**
 * The version in force for a clock (rule 18): the newest one that has begun by the local day on which the clock starts.
 * That day depends on the version's own calendar. Undefined before the first version and after the end of the last one.
 */
export function versionInForce<Of extends Version>(
  versions: readonly Of[],
  clockStartsOn: (version: Of) => LocalDate,
): Of | undefined {
  const newestFirst = [...versions].sort((a, b) => b.version - a.version)
  for (const version of newestFirst) {
    const day = clockStartsOn(version)
    if (day < version.validFromOn) continue
    return version.validToOn == null || day < version.validToOn ? version : undefined
  }
  return undefined
}

/** The day after the last one for which a version holds: its own end, or the beginning of its successor; null: none. */
export function endOf(
  versions: readonly Version[],
  { version, validToOn = null }: Version,
): LocalDate | null {
  const next = versions.find((other) => other.version === version + 1)
  if (next === undefined) return validToOn
  return validToOn === null || next.validFromOn < validToOn ? next.validFromOn : validToOn
}

/** The local day on which a clock starts that is started at an instant. */
export function clockStartDay(calendar: Calendar, startAt: Instant): LocalDate {
  return localDateOf(clockStartAt(calendar, startAt), calendar.timeZone)
}

/**
 * The first day on which a new version may begin: after the version before, and after the day of the last clock that
 * started under it, so that every clock has the terms of its day. Null: any day.
 */
export async function earliestBeginning(
  reader: Reader,
  last: Version | undefined,
  under:
    | { column: 'calendar_id' | 'policy_id'; id: string }
    | { column: 'customer' | 'plan' | 'product'; id: string },
  calendar: Calendar,
): Promise<LocalDate | null> {
  const newest = await reader
    .selectFrom('sla_promise')
    .innerJoin('defect', 'defect.id', 'sla_promise.defect_id')
    .select('starts_at')
    .where(under.column, '=', under.id)
    .orderBy('starts_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const days = [
    ...(last ? [addDays(last.validFromOn, 1)] : []),
    ...(newest ? [addDays(clockStartDay(calendar, newest.starts_at), 1)] : []),
  ]
  return days.sort().at(-1) ?? null
}

/** @throws DomainError `invalid` for a beginning before the earliest possible one */
export function assertBeginning(validFromOn: LocalDate, earliest: LocalDate | null): void {
  if (earliest === null || validFromOn >= earliest) return
  const day = localDateWords(earliest, { year: true })
  throw invalidField(
    '/valid_from',
    `What has begun already stays as it is: this can hold from ${day} on, not earlier.`,
  )
}
