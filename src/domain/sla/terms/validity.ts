import { z } from 'zod'
import { invalidField } from '../../../errors.ts'
import { localDateWords } from '../../../lib/date-words.ts'
import { addDays, type LocalDate, localDateOf } from '../../../lib/dates.ts'
import type { Instant } from '../../../lib/instant.ts'
import type { Subject } from '../../defects/subject.ts'
import type { Reader, Tx } from '../../tx.ts'
import { clockStartAt } from '../engine/business-time.ts'
import type { Calendar } from '../engine/calendar.ts'

/** A version of a calendar, a policy or a contract: it holds from a local day on, until the next version begins. */
export interface Version {
  version: number
  /** First local day of validity. */
  validFromOn: LocalDate
  /** First day after validity, for what ends without a successor. */
  validToOn?: LocalDate | null
}

/** A version with the moment at which it was written down. */
export type Recorded<Of extends Version> = Of & { createdAt: Instant }

/** The day on which a version shall begin, or a contract be over, as somebody asks for it. */
export const ValidFrom = z.iso.date('This is not a date like 2026-12-01.')

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

/**
 * The day after the last one for which a version holds: its own end, or the beginning of a later version; null: none.
 * One that was replaced before it began ends on the day on which it would have begun.
 */
export function endOf(
  versions: readonly Version[],
  { version, validFromOn, validToOn = null }: Version,
): LocalDate | null {
  const later = versions.filter((other) => other.version > version).map((other) => other.validFromOn)
  const [end] = [...later, ...(validToOn === null ? [] : [validToOn])].sort()
  return end === undefined ? null : latestOf(end, validFromOn)
}

/** The local day on which a clock starts that is started at an instant. */
export function clockStartDay(calendar: Calendar, startAt: Instant): LocalDate {
  return localDateOf(clockStartAt(calendar, startAt), calendar.timeZone)
}

/** The version that an edit changes: that of the day on which it shall begin, else the newest one. */
export function editedVersion<Of extends Version>(versions: readonly Of[], asked: LocalDate | undefined): Of {
  const ofThatDay = versions.findLast(({ validFromOn }) => asked === undefined || validFromOn <= asked)
  const edited = ofThatDay ?? versions[0]
  if (edited === undefined) throw new Error('What is edited has no version.')
  return edited
}

/** A version that is to be: what there is already, which clocks it could touch, and when it shall begin. */
export interface NewVersion {
  /** Earlier versions, oldest first. */
  versions: readonly Version[]
  /** Clocks that run under it, and what would start them under the new version. */
  clocks: {
    under: 'calendar_id' | 'policy_id' | Subject['kind']
    name: string
    startAt: 'starts_at' | 'confirmed_at' | 'reported_at'
  }
  /** The calendar by which the new version counts a clock that is started at an instant. */
  calendarAt(startAt: Instant): Calendar
  /** The first day, where somebody says it. */
  asked: LocalDate | undefined
}

/**
 * The first day of a new version: the one that is asked for, else today, or that of the newest version when it has not
 * come yet. Always after the day of the last clock that was started, so that every clock has the terms of its day, and
 * after the beginning of what held yesterday. What was only planned is replaced: a slip need not hold for a day first.
 * @throws DomainError `invalid` for asking for an earlier one
 */
export async function firstDayOf(
  tx: Tx,
  { versions, clocks, calendarAt, asked }: NewVersion,
): Promise<LocalDate> {
  const today = localDateOf(tx.now, calendarAt(tx.now).timeZone)
  const held = versions.findLast(({ validFromOn }) => validFromOn < today)?.validFromOn
  const lastStart = await findLastStart(tx.db, clocks)
  const lastDay = lastStart === undefined ? undefined : clockStartDay(calendarAt(lastStart), lastStart)
  const taken = latestOf(held, lastDay)
  if (asked === undefined) {
    return latestOf(today, taken === '' ? undefined : addDays(taken, 1), versions.at(-1)?.validFromOn)
  }
  if (asked > taken) return asked
  const words = (day: LocalDate) => localDateWords(day, { year: true })
  const why =
    taken === lastDay
      ? `A clock that was started has ${words(taken)} as its first day and keeps its terms`
      : `These terms have held since ${words(taken)}`
  throw invalidField('/valid_from', `${why}: new ones can begin on ${words(addDays(taken, 1))}, not earlier.`)
}

/** When the last clock would have been started; undefined when none was. */
async function findLastStart(
  reader: Reader,
  { under, name, startAt }: NewVersion['clocks'],
): Promise<Instant | undefined> {
  const { last } = await reader
    .selectFrom('sla_promise')
    .innerJoin('defect', 'defect.id', 'sla_promise.defect_id')
    .select((eb) => eb.fn.max<Instant | null>(startAt).as('last'))
    .where(under, '=', name)
    .executeTakeFirstOrThrow()
  return last ?? undefined
}

/** Texts of this shape sort as the dates do; without any date it comes before all. */
export function latestOf(...dates: (LocalDate | undefined)[]): LocalDate {
  return dates.reduce<LocalDate>((latest, date = '') => (date > latest ? date : latest), '')
}
