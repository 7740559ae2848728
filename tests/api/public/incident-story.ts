import { createComponentGroup } from '../../../src/domain/components/component-groups.ts'
import { updateComponent } from '../../../src/domain/components/components.ts'
import { reportDefect } from '../../../src/domain/defects/defects.ts'
import { linkDefect } from '../../../src/domain/defects/links.ts'
import { type NewIncident, openIncident } from '../../../src/domain/incidents/open-incident.ts'
import {
  editIncidentUpdate,
  type NewIncidentUpdate,
  postIncidentUpdate,
} from '../../../src/domain/incidents/post-update.ts'
import { publishPostmortem } from '../../../src/domain/incidents/postmortem.ts'
import { recordDefectEvent } from '../../../src/domain/sla/course/record-defect-event.ts'
import { confirmDefect } from '../../../src/domain/sla/terms/confirm-defect.ts'
import { expect, type Site } from '../../support/site.ts'
import type { Json } from '../admin/client.ts'

/** A document that has to be there. */
export async function get(site: Site, path: string): Promise<Json> {
  const response = await site.web.request(path)
  expect([path, response.status]).toEqual([path, 200])
  return response.json()
}

export const incidentsOf = async (site: Site, list = 'incidents'): Promise<Json[]> =>
  (await get(site, `/api/v2/${list}.json`)).incidents
export const incidentOf = async (site: Site, id: string): Promise<Json> =>
  (await get(site, `/api/v2/incidents/${id}.json`)).incident

export function open(site: Site, more: Partial<NewIncident> = {}): Promise<string> {
  return site.as('responder', (tx) =>
    openIncident(tx, { name: 'Payments fail', body: 'We are investigating.', ...more }),
  )
}

export function post(
  site: Site,
  id: string,
  status: NewIncidentUpdate['status'],
  more: Partial<NewIncidentUpdate> = {},
) {
  return site.as('responder', (tx) =>
    postIncidentUpdate(tx, id, { status, body: `It is ${status}.`, ...more }),
  )
}

/** A confirmed critical defect, linked to the incident. */
export function link(site: Site, incident: string, key: string, isPublic: boolean): Promise<string> {
  return site.as('responder', async (tx) => {
    const report = { key, title: 'Card payments time out', severity: 'critical', public: isPublic } as const
    const defect = await reportDefect(tx, report)
    await confirmDefect(tx, defect)
    await linkDefect(tx, incident, defect)
    return defect
  })
}

/** An incident with all that one can have: an edit, a component that stays as it was, two defects, a postmortem. */
export async function wholeStory(site: Site) {
  const { api, checkout } = site.components
  const group = await site.as('administrator', async (tx) => {
    const id = await createComponentGroup(tx, { name: 'Shop' })
    await updateComponent(tx, checkout, { group_id: id, description: 'The till', showcase: false })
    return id
  })
  const incident = await open(site, { components: { [checkout]: 'major_outage', [api]: 'operational' } })
  site.clock.advance({ minutes: 2 })
  const defect = await link(site, incident, 'CHK-412', true)
  await link(site, incident, 'SEC-1', false)
  site.clock.advance({ minutes: 8 })
  const identified = await post(site, incident, 'identified', { deliver_notifications: false })
  site.clock.advance({ minutes: 5 })
  await site.as('responder', (tx) =>
    editIncidentUpdate(tx, incident, identified, { body: 'It is the bank.' }),
  )
  const monitoring = await post(site, incident, 'monitoring', {
    components: { [checkout]: 'partial_outage' },
  })
  await site.as('responder', (tx) =>
    recordDefectEvent(tx, defect, { type: 'fixed', incident_update_id: monitoring }),
  )
  site.clock.advance({ minutes: 15 })
  const resolved = await post(site, incident, 'resolved')
  site.clock.advance({ hours: 20 })
  await site.as('responder', (tx) => publishPostmortem(tx, incident, { body: 'A certificate had run out.' }))
  return { incident, defect, group, identified, monitoring, resolved }
}
