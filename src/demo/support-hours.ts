import { createSupportHours } from '../domain/sla/support/support-hours.ts'
import type { Tx } from '../domain/tx.ts'
import type { Instant } from '../lib/instant.ts'
import { type Act, PEOPLE } from './act.ts'
import { type Almanac, DEMO_ZONE, localDate } from './almanac.ts'

const WORKING_DAYS = [1, 2, 3, 4, 5]
const EVERY_DAY = [...WORKING_DAYS, 6, 7]

/** Chat and telephone of the two plans; the dearer one is answered longer, and for payments at any hour. */
export function supportHoursActs(almanac: Almanac, beginsAt: Instant): Act[] {
  return [{ at: beginsAt, by: PEOPLE.support, play: (tx) => enter(tx, holidaysAround(almanac.now)) }]
}

async function enter(tx: Tx, holidays: string[]): Promise<void> {
  const zone = { time_zone: DEMO_ZONE }
  const chat = { ...zone, channel: 'chat' as const, contact: 'https://www.ledgerlane.example/chat' }
  const phone = { ...zone, channel: 'phone' as const, contact: 'tel:+1-202-555-0143' }
  await createSupportHours(tx, {
    ...chat,
    plan: 'Starter',
    hours: [{ weekdays: WORKING_DAYS, opens: '09:00', closes: '18:00' }],
    excluded_dates: holidays,
  })
  await createSupportHours(tx, {
    ...chat,
    plan: 'Business',
    hours: [
      { weekdays: WORKING_DAYS, opens: '08:00', closes: '22:00' },
      { weekdays: [6], opens: '10:00', closes: '14:00' },
    ],
    excluded_dates: holidays,
  })
  await createSupportHours(tx, {
    ...phone,
    plan: 'Business',
    hours: [{ weekdays: WORKING_DAYS, opens: '09:00', closes: '18:00' }],
    excluded_dates: holidays,
  })
  await createSupportHours(tx, {
    ...phone,
    product: 'Payments',
    plan: 'Business',
    hours: [{ weekdays: EVERY_DAY, opens: '00:00', closes: '24:00' }],
  })
}

/** The three national holidays of India, from last year to next year, so that one is never far. */
function holidaysAround(now: Instant): string[] {
  const year = Number(localDate(now).slice(0, 4))
  return [year - 1, year, year + 1].flatMap((of) => ['01-26', '08-15', '10-02'].map((day) => `${of}-${day}`))
}
