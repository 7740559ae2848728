import type { Defect, Severity } from '../../src/domain/defects/defect.ts'
import { getDefect, reportDefect } from '../../src/domain/defects/defects.ts'
import { linkDefect } from '../../src/domain/defects/links.ts'
import { createRelease, updateRelease } from '../../src/domain/defects/write-release.ts'
import type { INCIDENT_STATUSES } from '../../src/domain/incidents/incident.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { type NewDefectEvent, recordDefectEvent } from '../../src/domain/sla/course/record-defect-event.ts'
import type { GoalName } from '../../src/domain/sla/engine/goal-terms.ts'
import type { DefectPromises, GoalPromise } from '../../src/domain/sla/promises.ts'
import { readPromises } from '../../src/domain/sla/read-promises.ts'
import { confirmDefect } from '../../src/domain/sla/terms/confirm-defect.ts'
import { settle } from '../../src/jobs/settle.ts'
import type { Site } from '../support/site.ts'

// What tests of promises do and look at.

/** A confirmed defect, linked to an open incident. */
export async function confirmed(
  site: Site,
  more: Partial<Pick<Defect, 'key' | 'severity' | 'customer' | 'plan' | 'product'>> & {
    incidentId?: string
  } = {},
): Promise<{ id: string; incidentId: string }> {
  const { incidentId: linked, key = 'CHK-412', severity = 'critical' as Severity, ...subject } = more
  const incidentId = linked ?? (await openTrouble(site))
  const id = await site.as('responder', async (tx) => {
    const defectId = await reportDefect(tx, { key, title: 'Payments are lost', severity, ...subject })
    await confirmDefect(tx, defectId)
    await linkDefect(tx, incidentId, defectId)
    return defectId
  })
  return { id, incidentId }
}

/** An incident that was opened a minute ago: what was said at the very instant of the confirmation would count. */
export async function openTrouble(site: Site): Promise<string> {
  site.clock.advance({ minutes: -1 })
  try {
    return await site.as('responder', (tx) => openIncident(tx, { name: 'Trouble', body: 'We are looking.' }))
  } finally {
    site.clock.advance({ minutes: 1 })
  }
}

export function post(
  site: Site,
  incidentId: string,
  more: { status?: (typeof INCIDENT_STATUSES)[number]; display_at?: number } = {},
): Promise<string> {
  const update = { status: 'identified' as const, body: 'Here is what we know.', ...more }
  return site.as('responder', (tx) => postIncidentUpdate(tx, incidentId, update))
}

export function happen(site: Site, id: string, event: NewDefectEvent): Promise<string> {
  return site.as('responder', (tx) => recordDefectEvent(tx, id, event))
}

export function release(
  site: Site,
  more: Partial<Parameters<typeof createRelease>[1]> = {},
): Promise<string> {
  return site.as('administrator', (tx) => createRelease(tx, { name: '26.48', ...more }))
}

export function publish(site: Site, id: string): Promise<void> {
  return site.as('administrator', (tx) => updateRelease(tx, id, { published_at: tx.now }))
}

export async function judge(site: Site): Promise<void> {
  while (await settle.runOne(site.ctx));
}

export async function promisesOf(site: Site, id: string): Promise<DefectPromises> {
  const promises = await readPromises(site.ctx.read, [await getDefect(site.ctx.read, id)], site.clock.now())
  const found = promises.get(id)
  if (!found) throw new Error('There are no promises.')
  return found
}

export async function verdictsOf(site: Site, id: string): Promise<string[]> {
  return (await promisesOf(site, id)).goals.map(({ state }) => state.verdict)
}

export async function goalOf(site: Site, id: string, name: GoalName): Promise<GoalPromise> {
  const goal = (await promisesOf(site, id)).goals.find((it) => it.goal === name)
  if (!goal) throw new Error(`There is no ${name}.`)
  return goal
}
