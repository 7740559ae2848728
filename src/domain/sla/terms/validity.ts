import { z } from 'zod'
import { type LocalDate, localDateOf } from '../../../lib/dates.ts'
import type { Instant } from '../../../lib/instant.ts'
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

/** A stretch of local days. */
export interface Days {
  from: LocalDate
  /** The first day after them; null: they have no end. */
  to: LocalDate | null
}

/** A version with the days on which it holds. */
export interface Held<Of extends Version> extends Days {
  version: Of
}

/** The days of every version of one thing that holds on any; one that was replaced before it began does not. */
export function heldOf<Of extends Version>(versions: readonly Of[]): Held<Of>[] {
  return versions
    .map((version) => ({ version, from: version.validFromOn, to: endOf(versions, version) }))
    .filter(({ from, to }) => from !== to)
}

/**
 * The version in force for a clock (rule 18): the last one that has begun by the local day on which the clock starts.
 * That day depends on the version's own calendar, so where another one follows at once in another zone, the earlier
 * goes on until the later has begun: no instant is without terms, and none has two. Undefined before the first version
 * and after an end that none follows at once.
 */
export function versionInForce<Of extends Version>(
  held: readonly Held<Of>[],
  clockStartsOn: (version: Of) => LocalDate,
): Of | undefined {
  const inOrder = held.toSorted((a, b) => (a.from < b.from ? -1 : 1))
  const index = inOrder.findLastIndex(({ version, from }) => clockStartsOn(version) >= from)
  const begun = inOrder[index]
  if (begun === undefined) return undefined
  const { version, to } = begun
  const goesOn = to === null || inOrder[index + 1]?.from === to
  return goesOn || clockStartsOn(version) < to ? version : undefined
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

/** Texts of this shape sort as the dates do; without any date it comes before all. */
export function latestOf(...dates: (LocalDate | undefined)[]): LocalDate {
  return dates.reduce<LocalDate>((latest, date = '') => (date > latest ? date : latest), '')
}
