import { record } from '../events/record.ts'
import type { Tx } from '../tx.ts'
import type { PolicyGoals } from './terms.ts'

/**
 * The published standard terms. All timelines leave Saturdays and Sundays out.
 * The first day of validity lies before any defect, so that the first version covers them all.
 */
export const STANDARD_POLICY = {
  id: 'standard',
  name: 'Standard terms',
  validFromOn: '2000-01-01',
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
  await tx.db
    .insertInto('sla_calendar')
    .values({
      id: STANDARD_CALENDAR.id,
      version: 1,
      name: STANDARD_CALENDAR.name,
      time_zone: timeZone,
      weekdays: JSON.stringify(STANDARD_CALENDAR.weekdays),
      excluded_dates: JSON.stringify(STANDARD_CALENDAR.excludedDates),
      windows: null,
      created_at: tx.now,
    })
    .execute()
  await tx.db
    .insertInto('sla_policy')
    .values({
      id: STANDARD_POLICY.id,
      version: 1,
      name: STANDARD_POLICY.name,
      calendar_id: STANDARD_CALENDAR.id,
      calendar_version: 1,
      valid_from_on: STANDARD_POLICY.validFromOn,
      valid_to_on: null,
      goals: JSON.stringify(STANDARD_POLICY.goals),
      created_at: tx.now,
    })
    .execute()
  await record(tx, 'sla.terms_installed', STANDARD_POLICY.id, { after: { time_zone: timeZone } })
}
