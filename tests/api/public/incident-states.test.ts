import { openContext } from '../../../src/context.ts'
import { archiveComponent } from '../../../src/domain/components/components.ts'
import { editIncident } from '../../../src/domain/incidents/edit-incident.ts'
import { importStatuspage } from '../../../src/import/statuspage/import-statuspage.ts'
import { HOUR_MS } from '../../../src/lib/instant.ts'
import { createWeb } from '../../../src/web.ts'
import { copyTemplate } from '../../support/databases.ts'
import { describe, expect, test } from '../../support/site.ts'
import { testConfig } from '../../support/test-config.ts'
import type { Json } from '../admin/client.ts'
import { get, incidentOf, open, post, wholeStory } from './incident-story.ts'

describe('what the public JSON says of an incident', () => {
  test('is the same in a list, alone, and beside its page without the page around it', async ({ site }) => {
    const { incident } = await wholeStory(site)
    const { page, incident: alone } = await get(site, `/api/v2/incidents/${incident}.json`)
    expect(await get(site, '/api/v2/incidents.json')).toEqual({ page, incidents: [alone] })
    const besidePage = await site.web.request(`/incidents/${incident}.json`)
    expect(await besidePage.text()).toBe(JSON.stringify(alone))
  })

  test('is null for what has not happened, and how its components are now', async ({ site }) => {
    const { checkout, reports } = site.components
    const incident = await open(site, {
      components: { [checkout]: 'degraded_performance', [reports]: 'operational' },
    })
    await open(site, { name: 'The till is down', components: { [checkout]: 'major_outage' } })
    expect(await incidentOf(site, incident)).toMatchObject({
      status: 'investigating',
      monitoring_at: null,
      resolved_at: null,
      impact: 'minor',
      components: [
        { id: checkout, status: 'major_outage', group_id: null, description: null },
        { id: reports, status: 'operational' },
      ],
      sla: { defects: [] },
    })
    const quiet = await open(site, { name: 'Some emails are late' })
    expect(await incidentOf(site, quiet)).toMatchObject({
      impact: 'none',
      components: [],
      incident_updates: [{ affected_components: null }],
    })
  })

  test('leaves out a component that is off the page, but for its name then', async ({ site }) => {
    const { checkout } = site.components
    const incident = await open(site, { components: { [checkout]: 'partial_outage' } })
    await post(site, incident, 'resolved')
    await site.as('administrator', (tx) => archiveComponent(tx, checkout))
    const { components, incident_updates } = await incidentOf(site, incident)
    expect(components).toEqual([])
    expect(incident_updates[0].affected_components).toMatchObject([{ code: checkout, name: 'Checkout' }])
  })

  test('takes its impact from the worst that its updates said, unless a person has set it', async ({
    site,
  }) => {
    const { api, checkout } = site.components
    const impact = async (id: string) => (await incidentOf(site, id)).impact
    const maintenance = await open(site, { components: { [api]: 'under_maintenance' } })
    expect(await impact(maintenance)).toBe('maintenance')
    await post(site, maintenance, 'identified', { components: { [checkout]: 'degraded_performance' } })
    expect(await impact(maintenance)).toBe('minor')
    await site.as('responder', (tx) => editIncident(tx, maintenance, { impact_override: 'critical' }))
    expect(await impact(maintenance)).toBe('critical')
    const none = await open(site, { components: { [api]: 'under_maintenance' }, impact_override: 'none' })
    expect(await impact(none)).toBe('none')
  })

  test('dates its monitoring by the first such update that is shown', async ({ site }) => {
    const incident = await open(site, { display_at: site.clock.now() - 3 * HOUR_MS })
    await post(site, incident, 'monitoring')
    await post(site, incident, 'monitoring', { display_at: site.clock.now() - 2 * HOUR_MS })
    expect(await incidentOf(site, incident)).toMatchObject({
      started_at: '2026-11-12T03:30:00.000Z',
      created_at: '2026-11-12T06:30:00.000Z',
      monitoring_at: '2026-11-12T04:30:00.000Z',
    })
  })

  test('that is open again says so, with its postmortem where it was published', async ({ site }) => {
    const { incident } = await wholeStory(site)
    site.clock.advance({ hours: 1 })
    await post(site, incident, 'investigating')
    const reopened = await incidentOf(site, incident)
    expect(reopened).toMatchObject({ status: 'investigating', resolved_at: null })
    expect(reopened.incident_updates.map((update: Json) => update.status)).toEqual([
      'investigating',
      'postmortem',
      'resolved',
      'monitoring',
      'identified',
      'investigating',
    ])
  })

  test('is all that another installation needs to publish the same', async ({ site }) => {
    await wholeStory(site)
    const { page, incidents } = await get(site, '/api/v2/incidents.json')
    const { url, remove } = await copyTemplate()
    const ctx = openContext(testConfig(url), { now: site.clock.now })
    const documents = { page, components: incidents[0].components, incidents, maintenances: [], notes: [] }
    expect(await importStatuspage(ctx, documents)).toMatchObject({ refused: [] })
    const there: Json = await (await createWeb(ctx).request('/api/v2/incidents.json')).json()
    await ctx.close()
    await remove()
    const ofThePage = { page_id: there.page.id, components: there.incidents[0].components }
    // Defects are told by whoever promised something about them.
    expect(there.incidents).toEqual([{ ...incidents[0], ...ofThePage, sla: { defects: [] } }])
    expect(ofThePage.components).toHaveLength(2)
  })
})
