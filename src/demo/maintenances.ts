import type { ComponentStatus } from '../domain/components/component-status.ts'
import { cancelMaintenance, postMaintenanceUpdate } from '../domain/maintenance/post-update.ts'
import {
  editMaintenance,
  REMINDER_MS,
  scheduleMaintenance,
} from '../domain/maintenance/schedule-maintenance.ts'
import { maintenanceSteps } from '../jobs/maintenance-steps.ts'
import { DAY_MS, type Instant, MINUTE_MS } from '../lib/instant.ts'
import { type Act, type Duty, idOf, PEOPLE, withIds } from './act.ts'
import type { Almanac } from './almanac.ts'

interface ToldMaintenance {
  key: string
  name: string
  announcedAt: Instant
  from: Instant
  minutes: number
  body: string
  components: Record<string, ComponentStatus>
  /** False when a person says that it is complete. */
  completesItself?: boolean
}

/** A year of planned work: past, cancelled, put off, running late, running now, and ahead. */
export function maintenanceActs(almanac: Almanac): (Act | Duty)[] {
  const { week, day, now } = almanac
  const past = QUIET_ONES.map(({ weeksAgo, ...quiet }, index) => ({
    ...quiet,
    key: `past${index + 1}`,
    announcedAt: week(weeksAgo + 1, 1, '11:00'),
    from: week(weeksAgo, 7, '02:00'),
  }))
  const late: ToldMaintenance = {
    key: 'late',
    name: 'Change of the card gateway’s certificates',
    announcedAt: week(14, 1, '10:00'),
    from: week(13, 6, '23:00'),
    minutes: 60,
    body: 'We replace the certificates of the card gateway. Card payments may be slow for some minutes.',
    components: { cards: 'degraded_performance' },
    completesItself: false,
  }
  const putOff: ToldMaintenance = {
    key: 'putoff',
    name: 'Larger disks for reports',
    announcedAt: week(9, 2, '10:30'),
    from: week(7, 7, '03:00'),
    minutes: 90,
    body: 'Reports get larger disks. They cannot be made during this time; nothing is lost.',
    components: { reports: 'under_maintenance' },
  }
  const cancelled: ToldMaintenance = {
    key: 'cancelled',
    name: 'New version of the sign-in database',
    announcedAt: week(5, 2, '12:00'),
    from: week(4, 7, '02:30'),
    minutes: 120,
    body: 'The database behind sign-in gets a new version. Signing in is not possible for about ten minutes.',
    components: { signin: 'under_maintenance' },
  }
  const running: ToldMaintenance = {
    key: 'running',
    name: 'Move of the report archive',
    announcedAt: now - 3 * DAY_MS,
    // On a full five minutes, as people plan.
    from: Math.floor((now - 40 * MINUTE_MS) / (5 * MINUTE_MS)) * 5 * MINUTE_MS,
    minutes: 150,
    body: 'Reports older than two years move to a new archive. They cannot be opened during this time. Newer reports are not affected.',
    components: { reports: 'under_maintenance' },
  }
  const ahead: ToldMaintenance = {
    key: 'ahead',
    name: 'Database upgrade for payouts and invoices',
    announcedAt: day(4, '10:15'),
    from: day(-3, '02:00'),
    minutes: 120,
    body: 'The database of payouts and invoices gets a new version.\n\n- Payouts of the day leave **two hours later** than usual.\n- Invoices can be made, and are sent afterwards.\n\nCustomers can pay as usual.',
    components: { payouts: 'under_maintenance', invoices: 'degraded_performance' },
  }
  return [
    ...[...past, late, putOff, cancelled, running, ahead].flatMap((told) => actsOf(told, now)),
    post(
      'late',
      late.from + 75 * MINUTE_MS,
      'in_progress',
      'One certificate is not accepted by a card network. We need another hour.',
    ),
    post(
      'late',
      late.from + 118 * MINUTE_MS,
      'verifying',
      'All certificates are in place. We are testing every card network.',
    ),
    post(
      'late',
      late.from + 131 * MINUTE_MS,
      'completed',
      'All card networks work. This took an hour longer than planned.',
    ),
    {
      at: week(8, 4, '15:20'),
      by: PEOPLE.administrator,
      play: (tx, cast) =>
        editMaintenance(tx, idOf(cast, 'maintenance/putoff'), {
          scheduled_for: putOff.from - DAY_MS,
          scheduled_until: putOff.from - DAY_MS + 90 * MINUTE_MS,
        }),
    },
    ...duties(putOff.from - DAY_MS, 90, now),
    {
      at: week(4, 5, '16:45'),
      by: PEOPLE.lead,
      play: (tx, cast) =>
        cancelMaintenance(tx, idOf(cast, 'maintenance/cancelled'), {
          body: 'We have found a problem in our last rehearsal and will not change the database this week. A new date will be announced here.',
        }),
    },
  ]
}

const QUIET_ONES = [
  {
    weeksAgo: 46,
    name: 'Firewall upgrade',
    minutes: 45,
    body: 'The firewalls of our main site get new software, one after the other. We expect no interruption.',
    components: {} as Record<string, ComponentStatus>,
  },
  {
    weeksAgo: 38,
    name: 'New version of the invoice service',
    minutes: 60,
    body: 'Invoices cannot be made for about ten minutes.',
    components: { invoices: 'under_maintenance' as const },
  },
  {
    weeksAgo: 28,
    name: 'Move of the webhook queues',
    minutes: 120,
    body: 'Webhooks are collected during the move and delivered afterwards.',
    components: { webhooks: 'under_maintenance' as const },
  },
  {
    weeksAgo: 19,
    name: 'Yearly emergency exercise',
    minutes: 180,
    body: 'We switch from the main site to the second one and back. The API may answer slowly for a minute each time.',
    components: { api: 'degraded_performance' as const, checkout: 'under_maintenance' as const },
  },
  {
    weeksAgo: 2,
    name: 'Search index of the help centre is rebuilt',
    minutes: 30,
    body: 'Searching the help centre finds fewer articles than usual for half an hour.',
    components: { help: 'under_maintenance' as const },
  },
]

function actsOf(told: ToldMaintenance, now: Instant): (Act | Duty)[] {
  const announce: Act = {
    at: told.announcedAt,
    by: PEOPLE.administrator,
    play: async (tx, cast) => {
      const id = await scheduleMaintenance(tx, {
        name: told.name,
        body: told.body,
        scheduled_for: told.from,
        scheduled_until: told.from + told.minutes * MINUTE_MS,
        scheduled_auto_completed: told.completesItself ?? true,
        components: withIds(cast, 'component', told.components),
      })
      cast.set(`maintenance/${told.key}`, id)
    },
  }
  return [announce, ...duties(told.from, told.minutes, now)]
}

/** When the job reminds, begins and completes: the moments that have come by now. */
function duties(from: Instant, minutes: number, now: Instant): Duty[] {
  const moments = [from - REMINDER_MS, from, from + minutes * MINUTE_MS]
  return moments.filter((at) => at <= now).map((at) => ({ at, job: maintenanceSteps }))
}

function post(
  key: string,
  at: Instant,
  status: 'in_progress' | 'verifying' | 'completed',
  body: string,
): Act {
  return {
    at,
    by: PEOPLE.lead,
    play: (tx, cast) => postMaintenanceUpdate(tx, idOf(cast, `maintenance/${key}`), { status, body }),
  }
}
