import { invalidField } from '../../../errors.ts'
import { localDateWords } from '../../../lib/date-words.ts'
import { addDays, type LocalDate, localDateOf } from '../../../lib/dates.ts'
import type { Instant } from '../../../lib/instant.ts'
import { toDefect } from '../../defects/defect.ts'
import type { Subject } from '../../defects/subject.ts'
import type { Reader, Tx } from '../../tx.ts'
import type { Calendar } from '../engine/calendar.ts'
import { readTermsBook, termsFromReport } from './select-terms.ts'
import { clockStartDay, latestOf, type Version } from './validity.ts'

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
 * come yet. Always after the day of the last clock that was started, so that every clock has the terms of its day. An
 * edit begins today at the earliest; what is new may have held before it was written down. What was only planned is
 * replaced: a slip need not hold for a day first.
 * @throws DomainError `invalid` for asking for an earlier one
 */
export async function firstDayOf(
  tx: Tx,
  { versions, clocks, calendarAt, asked }: NewVersion,
): Promise<LocalDate> {
  const today = localDateOf(tx.now, calendarAt(tx.now).timeZone)
  const days = (await startsOf(tx.db, clocks)).map((startAt) => clockStartDay(calendarAt(startAt), startAt))
  const lastDay = latestOf(...days)
  const afterClocks = lastDay === '' ? '' : addDays(lastDay, 1)
  if (asked === undefined) return latestOf(today, afterClocks, versions.at(-1)?.validFromOn)
  const earliest = latestOf(afterClocks, versions.length > 0 ? today : undefined)
  if (asked >= earliest) return asked
  const words = (day: LocalDate) => localDateWords(day, { year: true })
  const why =
    earliest === afterClocks
      ? `A clock that was started has ${words(lastDay)} as its first day and keeps its terms`
      : 'The terms of days that have passed stay as they were'
  throw invalidField('/valid_from', `${why}: new ones can begin on ${words(earliest)}, not earlier.`)
}

/** When clocks were started, or would have been: of those that a confirmation started, the last one. */
async function startsOf(reader: Reader, clocks: NewVersion['clocks']): Promise<Instant[]> {
  const { under, name, startAt } = clocks
  const { last } = await reader
    .selectFrom('sla_promise')
    .innerJoin('defect', 'defect.id', 'sla_promise.defect_id')
    .select((eb) => eb.fn.max<Instant | null>(startAt).as('last'))
    .where(under, '=', name)
    .executeTakeFirstOrThrow()
  return [...(last === null ? [] : [last]), ...(await startsByReport(reader, clocks))]
}

/** Reports that have started a clock which nobody has confirmed yet. */
async function startsByReport(reader: Reader, { under, name }: NewVersion['clocks']): Promise<Instant[]> {
  const waiting = await reader.selectFrom('defect').selectAll().where('confirmed_at', 'is', null).execute()
  const book = await readTermsBook(reader)
  return waiting.map(toDefect).flatMap((defect) => {
    const terms = termsFromReport(book, defect)
    if (!terms) return []
    const { customer, plan, product, reportedAt } = defect
    const ids = { customer, plan, product, policy_id: terms.policy.id, calendar_id: terms.calendar.id }
    return ids[under] === name ? [reportedAt] : []
  })
}
