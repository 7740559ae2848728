import type { Selectable } from 'kysely'
import type { SlaPolicyTable } from '../../../db/schema.ts'
import { DomainError } from '../../../errors.ts'
import type { Instant } from '../../../lib/instant.ts'
import type { Reader } from '../../tx.ts'
import type { PolicyGoals } from '../engine/goal-terms.ts'
import { type CalendarVersion, calendarInForce } from './calendars.ts'
import { clockStartDay, heldOf, type Recorded, type Version, versionInForce } from './validity.ts'

/** One version of a policy: what is promised, and by which calendar it is counted. */
export interface Policy extends Version {
  id: string
  name: string
  calendarId: string
  goals: PolicyGoals
}

/** The policy of everybody who has no other; installed with the database. */
export const STANDARD_POLICY_ID = 'standard'

/**
 * The version of a policy for a clock that is started at an instant, with the version of its calendar; undefined before
 * the first version.
 */
export function policyInForce(
  versions: readonly Policy[],
  calendars: ReadonlyMap<string, CalendarVersion[]>,
  startAt: Instant,
): { policy: Policy; calendar: CalendarVersion } | undefined {
  const calendarOf = ({ calendarId }: Policy) => calendarInForce(calendars.get(calendarId) ?? [], startAt)
  const policy = versionInForce(heldOf(versions), (version) => clockStartDay(calendarOf(version), startAt))
  return policy && { policy, calendar: calendarOf(policy) }
}

/** All versions of all policies, by policy, the first made first, of each the oldest version first. */
export async function listPolicies(reader: Reader): Promise<Map<string, Recorded<Policy>[]>> {
  const rows = await reader
    .selectFrom('sla_policy')
    .selectAll()
    .orderBy('version')
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return Map.groupBy(rows.map(toPolicy), ({ id }) => id)
}

/** @throws DomainError `not-found` */
export async function getPolicyVersions(reader: Reader, id: string): Promise<Recorded<Policy>[]> {
  const versions = (await listPolicies(reader)).get(id)
  if (!versions) throw new DomainError('not-found', `There is no policy ${id}.`)
  return versions
}

function toPolicy(row: Selectable<SlaPolicyTable>): Recorded<Policy> {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    calendarId: row.calendar_id,
    validFromOn: row.valid_from_on,
    goals: JSON.parse(row.goals),
    createdAt: row.created_at,
  }
}
