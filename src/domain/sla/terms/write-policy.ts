import { z } from 'zod'
import { invalidField } from '../../../errors.ts'
import { newId } from '../../../lib/ids.ts'
import { record } from '../../events/record.ts'
import type { Reader, Tx } from '../../tx.ts'
import { type CalendarVersion, calendarInForce, listCalendars } from './calendars.ts'
import { firstDayOf } from './first-day.ts'
import { getPolicyVersions, type Policy } from './policies.ts'
import { assertWithinReach } from './reach.ts'
import { editedVersion, FIRST_DAY, ValidFrom } from './validity.ts'

const SIZE = 'n above zero, days and weeks whole, ten years at most.'
const TIME = `This must be {"hours": n}, {"bdays": n}, {"weeks": n} or, as seen fit, null; a response waits for no release; ${SIZE}`
const TIME_OR_RELEASE = `This must be {"hours": n}, {"bdays": n}, {"weeks": n}, {"release": "next"} or, as seen fit, null; ${SIZE}`
const windows = [
  z.strictObject({ hours: z.number().positive().max(87_600) }),
  z.strictObject({ bdays: z.int().positive().max(3_650) }),
  z.strictObject({ weeks: z.int().positive().max(520) }),
] as const
const Response = z.union(windows, { error: TIME }).nullable()
const Term = z
  .union([...windows, z.strictObject({ release: z.literal('next') })], { error: TIME_OR_RELEASE })
  .nullable()
const GoalsOfSeverity = z.strictObject(
  { response: Response, workaround: Term, fix: Term },
  {
    error: ({ input }) =>
      input === undefined
        ? 'A policy promises something, or (null) nothing, for every severity and goal: this severity is missing.'
        : undefined,
  },
)

const fields = {
  name: z.string().trim().min(1, 'A policy needs a name.').max(100),
  calendar_id: z.string(),
  goals: z.strictObject({
    critical: GoalsOfSeverity,
    high: GoalsOfSeverity,
    medium: GoalsOfSeverity,
    low: GoalsOfSeverity,
  }),
}

export const NewPolicy = z.strictObject(fields)
export type NewPolicy = z.input<typeof NewPolicy>

/**
 * Makes a policy; its first version holds from the beginning.
 * @throws DomainError `invalid` for a calendar that is not there, or a window that never ends by it
 */
export async function createPolicy(
  tx: Tx,
  input: NewPolicy,
  id: string = newId<'policy'>(),
): Promise<string> {
  const { name, calendar_id, goals } = NewPolicy.parse(input)
  const calendar = await getCalendarOfPolicy(tx.db, calendar_id)
  for (const version of calendar) assertWithinReach(version, goals, tx.now)
  const policy = { id, version: 1, name, calendarId: calendar_id, goals, validFromOn: FIRST_DAY }
  await insertVersion(tx, policy)
  await recordPolicy(tx, 'sla.policy_created', policy)
  return id
}

export const PolicyChanges = z.strictObject({ ...fields, valid_from: ValidFrom }).partial()
export type PolicyChanges = z.infer<typeof PolicyChanges>

/**
 * Edits a policy, which makes a new version for clocks that start later; `firstDayOf` says from when on.
 * @throws DomainError `not-found`; `invalid` for a calendar that is not there, a window that never ends by it, or a
 * beginning that is too early
 */
export async function revisePolicy(tx: Tx, id: string, changes: PolicyChanges): Promise<void> {
  const versions = await getPolicyVersions(tx.db, id)
  const before = editedVersion(versions, changes.valid_from)
  const calendarId = changes.calendar_id ?? before.calendarId
  const calendar = await getCalendarOfPolicy(tx.db, calendarId)
  const policy = {
    id,
    version: versions.length + 1,
    name: changes.name ?? before.name,
    calendarId,
    goals: changes.goals ?? before.goals,
    validFromOn: await firstDayOf(tx, {
      versions,
      clocks: { under: 'policy_id', name: id, startAt: 'starts_at' },
      calendarAt: (startAt) => calendarInForce(calendar, startAt),
      asked: changes.valid_from,
    }),
  }
  for (const version of calendar) assertWithinReach(version, policy.goals, tx.now)
  await insertVersion(tx, policy)
  await recordPolicy(tx, 'sla.policy_revised', policy)
}

/** @throws DomainError `invalid` for a calendar that is not there */
async function getCalendarOfPolicy(reader: Reader, id: string): Promise<CalendarVersion[]> {
  const versions = (await listCalendars(reader)).get(id)
  if (!versions) throw invalidField('/calendar_id', `There is no calendar ${id}.`)
  return versions
}

/** What a policy promises stands in its own versions. Those of contracts are nobody else's, so the log holds none. */
async function recordPolicy(
  tx: Tx,
  type: 'sla.policy_created' | 'sla.policy_revised',
  { id, version, validFromOn, calendarId }: Policy,
): Promise<void> {
  await record(tx, type, id, { after: { version, valid_from: validFromOn, calendar_id: calendarId } })
}

async function insertVersion(tx: Tx, policy: Policy): Promise<void> {
  await tx.db
    .insertInto('sla_policy')
    .values({
      id: policy.id,
      version: policy.version,
      name: policy.name,
      calendar_id: policy.calendarId,
      valid_from_on: policy.validFromOn,
      goals: JSON.stringify(policy.goals),
      created_at: tx.now,
    })
    .execute()
}
