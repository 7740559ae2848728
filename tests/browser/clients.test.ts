import { once } from 'node:events'
import { createRequire } from 'node:module'
import { Statuspage } from 'statuspage.io'
import { Statuspage as OtherStatuspage, StatuspageUpdates } from 'statuspage.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { type PublicSite, startPublicSite } from '../support/public-site.ts'

// Programs that were written for other status pages, as their authors published them, at the real program.

let site: PublicSite
beforeAll(async () => {
  site = await startPublicSite()
  // This one has a host in every address that it asks for; a proxy is how it comes to ours.
  const { hostname, port } = new URL(site.origin)
  const required = createRequire(createRequire(import.meta.url).resolve('statuspage.js'))
  Object.assign(required('axios').defaults, {
    proxy: { protocol: 'http', host: hostname, port: Number(port) },
  })
})
afterAll(() => site.stop())

const documentAt = async (file: string) => (await fetch(`${site.origin}/api/v2/${file}`)).json()

describe('statuspage.io', () => {
  test('reads every document that it knows', async () => {
    const client = new Statuspage('ledgerlane')
    client.setApiUrl(site.origin)
    const { api } = client
    expect(await api.getSummary()).toEqual(await documentAt('summary.json'))
    expect(await api.getStatus()).toEqual(await documentAt('status.json'))
    expect(await api.getComponents()).toEqual(await documentAt('components.json'))
    expect(await api.incidents.getAll()).toEqual(await documentAt('incidents.json'))
    expect(await api.incidents.getUnresolved()).toEqual(await documentAt('incidents/unresolved.json'))
    const upcoming = await api.scheduledMaintenances.getUpcoming()
    expect(upcoming).toEqual(await documentAt('scheduled-maintenances/upcoming.json'))
    expect(upcoming.scheduled_maintenances.map(({ id }) => id)).toEqual(site.world.maintenances)
    // What it asks for here are those to come as well.
    expect(await api.scheduledMaintenances.getActive()).toEqual(upcoming)
    expect(await api.scheduledMaintenances.getAll()).toEqual(upcoming)
  })
})

describe('statuspage.js', () => {
  test('reads every document that it knows', async () => {
    const client = new OtherStatuspage('ledgerlane')
    const read = {
      'summary.json': client.summary(),
      'status.json': client.status(),
      'components.json': client.components(),
      'incidents.json': client.allIncidents(),
      'incidents/unresolved.json': client.unresolvedIncidents(),
      'scheduled-maintenances.json': client.allScheduledMaintenances(),
      'scheduled-maintenances/active.json': client.activeScheduledMaintenances(),
      'scheduled-maintenances/upcoming.json': client.upcomingScheduledMaintenances(),
    }
    for (const [file, document] of Object.entries(read)) {
      // It makes dates of instants and of days.
      const days = (key: string, value: unknown) =>
        key === 'start_date' && typeof value === 'string' ? value.slice(0, 10) : value
      const text = JSON.stringify(await document)
      expect([file, JSON.parse(text, days)]).toEqual([file, await documentAt(file)])
    }
  })

  test('sees an update that is posted between two of its polls, and once', async () => {
    const poller = new StatuspageUpdates('ledgerlane', 100)
    const seen: string[] = []
    poller.on('incident_update', ({ incident_updates: [newest] }) => seen.push(newest?.body ?? ''))
    await poller.start()
    await once(poller, 'run')
    expect(seen).toEqual([])
    await site.write((tx) =>
      postIncidentUpdate(tx, site.world.incidents.open, {
        status: 'monitoring',
        body: 'Payments go through.',
      }),
    )
    await once(poller, 'incident_update')
    for (let runs = 0; runs < 3; runs += 1) await once(poller, 'run')
    expect(seen).toEqual(['Payments go through.'])
    poller.stop()
  })
})
