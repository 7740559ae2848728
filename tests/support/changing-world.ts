import { reportDefect } from '../../src/domain/defects/defects.ts'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { updatePage } from '../../src/domain/page.ts'
import { createSupportHours } from '../../src/domain/sla/support/support-hours.ts'
import { confirmDefect } from '../../src/domain/sla/terms/confirm-defect.ts'
import { STANDARD_POLICY } from '../../src/domain/sla/terms/standard-terms.ts'
import { reviseCalendar } from '../../src/domain/sla/terms/write-calendar.ts'
import { revisePolicy } from '../../src/domain/sla/terms/write-policy.ts'
import type { Clock } from './clock.ts'
import { buildPublicWorld, type PublicWorld, type Write } from './public-world.ts'

/** Wednesday noon in India. */
export const CHANGING_START = '2026-11-18T12:00:23.456+05:30'

/** A page on which much happens by itself: hours and lunch breaks, a long holiday, terms and support hours to come. */
export async function buildChangingWorld(write: Write): Promise<PublicWorld> {
  // Its days are others than those of the terms.
  await write((tx) => updatePage(tx, { time_zone: 'Europe/London' }))
  await write((tx) =>
    reviseCalendar(tx, 'standard', {
      windows: [
        ['09:00', '13:00'],
        ['14:00', '18:00'],
      ],
      excluded_dates: CHRISTMAS,
    }),
  )
  const world = await buildPublicWorld(write)
  await write(async (tx) => {
    const { critical } = STANDARD_POLICY.goals
    await revisePolicy(tx, 'standard', {
      name: 'Stricter terms',
      goals: { ...STANDARD_POLICY.goals, critical: { ...critical, response: { hours: 1 } } },
      valid_from: '2026-11-23',
    })
    await createSupportHours(tx, {
      channel: 'chat',
      time_zone: 'Europe/Berlin',
      hours: [{ weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00' }],
      excluded_dates: ['2026-11-19'],
    })
  })
  return world
}

/** Ends the outage, so that time no longer goes by in minutes. */
export function endOutage(write: Write, { incidents, components }: PublicWorld): Promise<string> {
  const [checkout = ''] = components
  return write((tx) =>
    postIncidentUpdate(tx, incidents.open, {
      status: 'monitoring',
      body: 'Payments go through.',
      components: { [checkout]: 'operational' },
    }),
  )
}

/**
 * Files a defect on the last evening before Christmas, whose clock then stands still for more than two weeks, and goes
 * to where it is less than a week until the clock goes on.
 */
export async function goOnHoliday(write: Write, clock: Pick<Clock, 'set'>): Promise<string> {
  clock.set('2026-12-18T17:20:00+05:30')
  const late = await write(async (tx) => {
    const id = await reportDefect(tx, { key: 'XMAS-1', title: 'Late receipts', severity: 'high' })
    await confirmDefect(tx, id)
    return id
  })
  clock.set('2026-12-28T21:00:00+05:30')
  return late
}

const CHRISTMAS = Array.from({ length: 14 }, (_, index) =>
  Temporal.PlainDate.from('2026-12-21').add({ days: index }).toString(),
)
