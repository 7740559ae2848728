import type { Tx } from '../../tx.ts'
import type { PolicyGoals } from '../engine/goal-terms.ts'
import { STANDARD_POLICY_ID } from './policies.ts'
import { createCalendar } from './write-calendar.ts'
import { createPolicy } from './write-policy.ts'

/** The published standard terms. All timelines leave Saturdays and Sundays out. */
export const STANDARD_POLICY = {
  id: STANDARD_POLICY_ID,
  name: 'Standard terms',
  goals: {
    critical: { response: { hours: 4 }, workaround: { hours: 4 }, fix: { hours: 48 } },
    high: { response: { hours: 4 }, workaround: { hours: 24 }, fix: { weeks: 1 } },
    medium: { response: { hours: 8 }, workaround: { bdays: 3 }, fix: { release: 'next' } },
    low: { response: { hours: 48 }, workaround: null, fix: null },
  } satisfies PolicyGoals,
}

export const STANDARD_CALENDAR = {
  id: 'standard',
  name: 'Monday to Friday',
  weekdays: [1, 2, 3, 4, 5],
  excludedDates: [],
}

/** Stores the standard terms if this installation has no terms yet; a zone says where its days begin. */
export async function installStandardTerms(tx: Tx, timeZone: string): Promise<void> {
  const existing = await tx.db.selectFrom('sla_policy').select('id').executeTakeFirst()
  if (existing) return
  const { name, weekdays } = STANDARD_CALENDAR
  const calendarId = await createCalendar(tx, { name, time_zone: timeZone, weekdays }, STANDARD_CALENDAR.id)
  const { id, goals } = STANDARD_POLICY
  await createPolicy(tx, { name: STANDARD_POLICY.name, calendar_id: calendarId, goals }, id)
}
