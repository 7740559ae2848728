import { createComponentGroup } from '../../src/domain/components/component-groups.ts'
import { createComponent } from '../../src/domain/components/components.ts'
import { reportDefect } from '../../src/domain/defects/defects.ts'
import { linkDefect } from '../../src/domain/defects/links.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { publishPostmortem } from '../../src/domain/incidents/postmortem.ts'
import { postMaintenanceUpdate } from '../../src/domain/maintenance/post-update.ts'
import { scheduleMaintenance } from '../../src/domain/maintenance/schedule-maintenance.ts'
import { confirmDefect } from '../../src/domain/sla/terms/confirm-defect.ts'
import { DAY_MS, HOUR_MS } from '../../src/lib/instant.ts'
import type { Write } from './public-world.ts'

/** A page with an incident and a maintenance in every state, and components that they touch, by what they are. */
export interface EveryState {
  components: { checkout: string; reports: string; mail: string; archive: string }
  group: string
  incidents: {
    investigating: string
    identified: string
    monitoring: string
    resolved: string
    explained: string
  }
  maintenances: { done: string; verifying: string; running: string; soon: string; later: string }
}

export async function buildEveryState(write: Write): Promise<EveryState> {
  const group = await write((tx) => createComponentGroup(tx, { name: 'Payments' }))
  const components = await write(async (tx) => ({
    checkout: await createComponent(tx, { name: 'Checkout', group_id: group, description: 'The till' }),
    reports: await createComponent(tx, { name: 'Reports', group_id: group, start_date: '2024-02-01' }),
    mail: await createComponent(tx, { name: 'Mail' }),
    archive: await createComponent(tx, { name: 'Archive', only_show_if_degraded: true }),
  }))
  const incidents = await buildIncidents(write, components)
  return { group, components, incidents, maintenances: await buildMaintenances(write, components) }
}

type Components = EveryState['components']

async function buildIncidents(
  write: Write,
  { checkout, reports, mail, archive }: Components,
): Promise<EveryState['incidents']> {
  const explained = await write(async (tx) => {
    const at = tx.now - 5 * DAY_MS
    const id = await openIncident(tx, {
      ...{ name: 'The archive was slow', body: 'It takes a minute.', display_at: at },
      components: { [archive]: 'under_maintenance' },
    })
    await postIncidentUpdate(tx, id, { status: 'resolved', body: 'It is quick.', display_at: at + HOUR_MS })
    await publishPostmortem(tx, id, { body: 'A disk was **full**.' })
    return id
  })
  const resolved = await write(async (tx) => {
    const at = tx.now - 2 * DAY_MS
    const id = await openIncident(tx, {
      ...{ name: 'No reports', body: 'None at all.', display_at: at },
      components: { [reports]: 'major_outage' },
    })
    await postIncidentUpdate(tx, id, { status: 'resolved', body: 'All of them.', display_at: at + HOUR_MS })
    return id
  })
  const monitoring = await write(async (tx) => {
    const at = tx.now - 3 * HOUR_MS
    const id = await openIncident(tx, { name: 'Mail is late', body: 'By an hour.', display_at: at })
    await postIncidentUpdate(tx, id, {
      ...{ status: 'monitoring', body: 'By a minute.', display_at: at + HOUR_MS },
      components: { [mail]: 'degraded_performance' },
    })
    return id
  })
  const identified = await write(async (tx) => {
    const at = tx.now - 2 * HOUR_MS
    const id = await openIncident(tx, { name: 'A typing error', body: 'Somewhere.', display_at: at })
    await postIncidentUpdate(tx, id, { status: 'identified', body: 'On page two.', display_at: at + HOUR_MS })
    return id
  })
  const investigating = await write(async (tx) => {
    const id = await openIncident(tx, {
      ...{ name: 'Payments fail', body: 'Some of them.' },
      components: { [checkout]: 'partial_outage', [reports]: 'operational' },
    })
    const defect = await reportDefect(tx, { key: 'PAY-1', title: 'Payments time out', severity: 'critical' })
    await confirmDefect(tx, defect)
    await linkDefect(tx, id, defect)
    return id
  })
  return { investigating, identified, monitoring, resolved, explained }
}

async function buildMaintenances(
  write: Write,
  { mail, archive }: Components,
): Promise<EveryState['maintenances']> {
  const plan = (name: string, inHours: number, components: Record<string, 'under_maintenance'>) =>
    write((tx) =>
      scheduleMaintenance(tx, {
        ...{ name, body: 'It is planned.', components },
        scheduled_for: tx.now + inHours * HOUR_MS,
        scheduled_until: tx.now + (inHours + 1) * HOUR_MS,
      }),
    )
  const goOn = (id: string, ...statuses: ('in_progress' | 'verifying' | 'completed')[]) =>
    write(async (tx) => {
      for (const status of statuses) await postMaintenanceUpdate(tx, id, { status, body: `It is ${status}.` })
    })
  const onArchive = { [archive]: 'under_maintenance' as const }
  const maintenances = {
    done: await plan('New locks', 4, onArchive),
    verifying: await plan('New disks', 5, onArchive),
    running: await plan('New cables', 6, onArchive),
    later: await plan('New roof', 72, {}),
    soon: await plan('New doors', 24, { [mail]: 'under_maintenance' }),
  }
  await goOn(maintenances.done, 'in_progress', 'completed')
  await goOn(maintenances.verifying, 'in_progress', 'verifying')
  await goOn(maintenances.running, 'in_progress')
  return maintenances
}
