import { DomainError, invalidField } from '../../../errors.ts'
import type { Instant } from '../../../lib/instant.ts'
import { SEVERITIES } from '../../defects/defect.ts'
import type { Reader } from '../../tx.ts'
import type { Calendar } from '../engine/calendar.ts'
import { GOALS, type PolicyGoals } from '../engine/goal-terms.ts'
import { windowEndsAt } from '../engine/window.ts'

/**
 * Makes sure that every window of a policy ends within a hundred years, counted by this calendar: hours add up slowly
 * where a calendar counts a minute a week.
 * @throws DomainError `invalid` naming the first one that does not
 */
export function assertWithinReach(calendar: Calendar, goals: PolicyGoals, now: Instant): void {
  const far = firstOutOfReach(calendar, goals, now)
  if (far === undefined) return
  throw invalidField(
    `/goals/${far}`,
    'Counted by this calendar, this window ends in more than a hundred years.',
  )
}

/**
 * The same for every policy that counts by a calendar which is edited.
 * @throws DomainError `invalid`
 */
export async function assertPoliciesWithinReach(
  reader: Reader,
  calendarId: string,
  calendar: Calendar,
  now: Instant,
): Promise<void> {
  const rows = await reader
    .selectFrom('sla_policy')
    .select(['name', 'goals'])
    .where('calendar_id', '=', calendarId)
    .execute()
  const far = rows.find(({ goals }) => firstOutOfReach(calendar, JSON.parse(goals), now) !== undefined)
  if (far === undefined) return
  const message = `Counted so, a window of the policy “${far.name}” ends in more than a hundred years.`
  throw new DomainError('invalid', message, { fields: [{ pointer: '/windows', message }] })
}

function firstOutOfReach(calendar: Calendar, goals: PolicyGoals, now: Instant): string | undefined {
  for (const severity of SEVERITIES) {
    for (const goal of GOALS) {
      const term = goals[severity][goal]
      if (term !== null && !('release' in term) && !isWithinReach(() => windowEndsAt(calendar, now, term))) {
        return `${severity}/${goal}`
      }
    }
  }
  return undefined
}

function isWithinReach(compute: () => Instant): boolean {
  try {
    compute()
    return true
  } catch (error) {
    // The engine says so by refusing; anything else is a fault of ours.
    if (error instanceof DomainError) return false
    throw error
  }
}
