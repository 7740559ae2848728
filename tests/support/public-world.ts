import { createComponentGroup } from '../../src/domain/components/component-groups.ts'
import { createComponent } from '../../src/domain/components/components.ts'
import { reportDefect } from '../../src/domain/defects/defects.ts'
import { linkDefect } from '../../src/domain/defects/links.ts'
import { createRelease } from '../../src/domain/defects/write-release.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { publishPostmortem } from '../../src/domain/incidents/postmortem.ts'
import { setLogo } from '../../src/domain/logos/logos.ts'
import { scheduleMaintenance } from '../../src/domain/maintenance/schedule-maintenance.ts'
import { recordDefectEvent } from '../../src/domain/sla/course/record-defect-event.ts'
import { confirmDefect } from '../../src/domain/sla/terms/confirm-defect.ts'
import type { Tx } from '../../src/domain/tx.ts'
import { DAY_MS, HOUR_MS } from '../../src/lib/instant.ts'
import { LOGO } from './logos.ts'

/** Runs domain functions as a member of staff, in one transaction. */
export type Write = <Result>(work: (tx: Tx) => Promise<Result>) => Promise<Result>

/** What stands in every defect that everybody sees, and in nothing else of the public page. */
export const PUBLIC_MARK = 'openbook'

/** A page with something of everything that everybody sees, by what it is. */
export interface PublicWorld {
  incidents: { open: string; resolved: string }
  maintenances: string[]
  components: string[]
  groups: string[]
  defects: { open: string; fixed: string; deferred: string; planned: string; returned: string }
  releases: { published: string; planned: string }
  /** The newest update of the open incident. */
  update: string
}

export async function buildPublicWorld(write: Write): Promise<PublicWorld> {
  await write((tx) => setLogo(tx, 'light', { content: LOGO.content }))
  const group = await write((tx) => createComponentGroup(tx, { name: 'Payments' }))
  const checkout = await write((tx) => createComponent(tx, { name: 'Checkout', group_id: group }))
  const reports = await write((tx) => createComponent(tx, { name: 'Reports' }))
  const releases = await write(async (tx) => ({
    published: await createRelease(tx, { name: '26.48', published_at: tx.now - 20 * HOUR_MS }),
    planned: await createRelease(tx, { name: '26.52', planned_at: tx.now + 21 * DAY_MS }),
  }))
  const defects = await buildDefects(write, releases)
  const open = await write((tx) =>
    openIncident(tx, {
      name: 'Card payments fail',
      body: 'We are looking into it.',
      components: { [checkout]: 'partial_outage' },
    }),
  )
  const resolved = await write((tx) =>
    openIncident(tx, {
      name: 'Reports are late',
      body: 'Reports come an hour late.',
      components: { [reports]: 'degraded_performance' },
      display_at: tx.now - 2 * DAY_MS,
    }),
  )
  const update = await write((tx) =>
    postIncidentUpdate(tx, open, { status: 'identified', body: 'The cause is known.' }),
  )
  await write(async (tx) => {
    await postIncidentUpdate(tx, resolved, {
      status: 'resolved',
      body: 'Reports are on time.',
      components: { [reports]: 'operational' },
    })
    await publishPostmortem(tx, resolved, { body: 'A queue was **full**.' })
    await linkDefect(tx, open, defects.open)
    await linkDefect(tx, resolved, defects.fixed)
  })
  const maintenance = await write((tx) =>
    scheduleMaintenance(tx, {
      name: 'New disks',
      body: 'Nothing stops.',
      scheduled_for: tx.now + 3 * DAY_MS,
      scheduled_until: tx.now + 3 * DAY_MS + HOUR_MS,
      components: { [checkout]: 'under_maintenance' },
    }),
  )
  return {
    incidents: { open, resolved },
    maintenances: [maintenance],
    components: [checkout, reports],
    groups: [group],
    defects,
    releases,
    update,
  }
}

/** One of each: open, fixed, deferred, waiting for a release, and one that came back. */
async function buildDefects(
  write: Write,
  releases: PublicWorld['releases'],
): Promise<PublicWorld['defects']> {
  const file = (key: string, severity: 'critical' | 'high' | 'medium', hoursAgo: number) =>
    write(async (tx) => {
      const title = `Everybody’s ${PUBLIC_MARK} trouble ${key}`
      const at = tx.now - hoursAgo * HOUR_MS
      const id = await reportDefect(tx, { key: `${PUBLIC_MARK}-${key}`, title, severity, reported_at: at })
      await confirmDefect(tx, id, at)
      return id
    })
  const defects = {
    open: await file('OPEN', 'critical', 1),
    fixed: await file('FIXED', 'high', 50),
    deferred: await file('DEFERRED', 'high', 2),
    planned: await file('PLANNED', 'medium', 2),
    returned: await file('RETURNED', 'critical', 2),
  }
  await write(async (tx) => {
    const note = `${PUBLIC_MARK}: as told to everybody.`
    await recordDefectEvent(tx, defects.fixed, { type: 'fixed', release_id: releases.published, note })
    await recordDefectEvent(tx, defects.deferred, { type: 'deferred', until: '2030-01-15', note })
  })
  return defects
}

export function publicIds(world: PublicWorld): string[] {
  const { incidents, maintenances, components, groups, defects } = world
  return [...Object.values(incidents), ...maintenances, ...components, ...groups, ...Object.values(defects)]
}
