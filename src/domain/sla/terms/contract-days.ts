import { invalidField } from '../../../errors.ts'
import { localDateWords } from '../../../lib/date-words.ts'
import { addDays, type LocalDate } from '../../../lib/dates.ts'
import type { Tx } from '../../tx.ts'
import { calendarInForce, listCalendars } from './calendars.ts'
import type { Contract } from './contracts.ts'
import { firstDayOf, type NewVersion } from './first-day.ts'
import { listPolicies, policyInForce } from './policies.ts'
import { type Days, type Held, latestOf } from './validity.ts'

/**
 * The first day of a version, in the zone of the calendar that its policy counts by.
 * @throws DomainError `invalid` for a policy that is not there, or a beginning that is too early
 */
export async function firstContractDay(
  tx: Tx,
  { subject, policyId, clockStarts }: Omit<Contract, 'validFromOn'>,
  versions: readonly Contract[],
  asked: LocalDate | undefined,
): Promise<LocalDate> {
  const policy = (await listPolicies(tx.db)).get(policyId)
  const [first] = policy ?? []
  if (!policy || !first) throw invalidField('/policy_id', `There is no policy ${policyId}.`)
  const calendars = await listCalendars(tx.db)
  const calendarAt: NewVersion['calendarAt'] = (startAt) =>
    policyInForce(policy, calendars, startAt)?.calendar ??
    // Before its policy began.
    calendarInForce(calendars.get(first.calendarId) ?? [], startAt)
  const startAt = clockStarts === 'report' ? 'reported_at' : 'confirmed_at'
  const clocks = { under: subject.kind, name: subject.name, startAt } as const
  return firstDayOf(tx, { versions, clocks, calendarAt, asked })
}

/** @throws DomainError `invalid` for an edit that begins when the contract has ended */
export function assertContractEnd(
  { validFromOn, validToOn }: Contract,
  asked: LocalDate | null | undefined,
): void {
  if (validToOn === null || validToOn > validFromOn) return
  if (asked === undefined) {
    throw invalidField(
      '/valid_to',
      `This contract holds until the end of ${dayWords(addDays(validToOn, -1))}. To go on with it, say until when with “valid_to”: a later day, or null for no end.`,
    )
  }
  if (validToOn < validFromOn) {
    throw invalidField(
      '/valid_to',
      `The earliest that “valid_to” can say is ${dayWords(validFromOn)}: it is the first day without the contract.`,
    )
  }
}

/**
 * Others are the days of contracts with the same customer, plan or product.
 * @throws DomainError `invalid` for days that one of them has
 */
export function assertDaysFree(
  { validFromOn, validToOn, subject }: Contract,
  others: readonly Held<Contract>[],
): void {
  const taken = others.find((days) => overlap({ from: validFromOn, to: validToOn }, days))
  if (!taken) return
  const until =
    taken.to === null ? 'on, without an end' : `until the end of ${dayWords(addDays(taken.to, -1))}`
  throw invalidField(
    taken.from > validFromOn ? '/valid_to' : '/valid_from',
    `The contract “${taken.version.name}” holds for the same ${subject.kind} from ${dayWords(taken.from)} ${until}.`,
  )
}

/** Whether they share a day; a stretch without days shares none. */
function overlap(some: Days, others: Days): boolean {
  const from = latestOf(some.from, others.from)
  return [some.to, others.to].every((to) => to === null || from < to)
}

function dayWords(day: LocalDate): string {
  return localDateWords(day, { year: true })
}
