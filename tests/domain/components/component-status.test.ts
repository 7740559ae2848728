import { worstStatus } from '../../../src/domain/components/component-status.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../../src/domain/incidents/post-update.ts'
import { postMaintenanceUpdate } from '../../../src/domain/maintenance/post-update.ts'
import { scheduleMaintenance } from '../../../src/domain/maintenance/schedule-maintenance.ts'
import { HOUR_MS } from '../../../src/lib/instant.ts'
import { describe, expect, test } from '../../support/site.ts'
import { impactsOn, statusOf } from '../reading.ts'

describe('a component', () => {
  test('works while nothing affects it', async ({ site }) => {
    expect(await statusOf(site, 'api')).toBe('operational')
  })

  test('is as bad as the worst of the incidents that affect it', async ({ site }) => {
    const { api } = site.components
    const open = (components: Record<string, 'degraded_performance' | 'partial_outage'>) =>
      site.as('responder', (tx) => openIncident(tx, { name: 'Trouble', body: 'We are looking.', components }))
    await open({ [api]: 'degraded_performance' })
    const worse = await open({ [api]: 'partial_outage' })
    expect(await statusOf(site, 'api')).toBe('partial_outage')
    site.clock.advance({ minutes: 5 })
    await site.as('responder', (tx) => postIncidentUpdate(tx, worse, { status: 'resolved', body: 'Over.' }))
    expect(await statusOf(site, 'api')).toBe('degraded_performance')
  })

  test('in maintenance shows an outage, because that is worse than planned work', async ({ site }) => {
    const { api } = site.components
    const from = site.clock.now() + HOUR_MS
    const id = await site.as('administrator', (tx) =>
      scheduleMaintenance(tx, {
        name: 'Disks',
        body: 'New disks.',
        scheduled_for: from,
        scheduled_until: from + HOUR_MS,
        components: { [api]: 'under_maintenance' },
      }),
    )
    await site.as('responder', (tx) =>
      postMaintenanceUpdate(tx, id, { status: 'in_progress', body: 'We begin.' }),
    )
    expect(await statusOf(site, 'api')).toBe('under_maintenance')
    await site.as('responder', (tx) =>
      openIncident(tx, {
        name: 'Trouble',
        body: 'More than planned.',
        components: { [api]: 'major_outage' },
      }),
    )
    expect(await statusOf(site, 'api')).toBe('major_outage')
  })

  test('keeps the level it was last given until another update says otherwise', async ({ site }) => {
    const { api, checkout } = site.components
    const id = await site.as('responder', (tx) =>
      openIncident(tx, { name: 'Trouble', body: 'Down.', components: { [api]: 'major_outage' } }),
    )
    site.clock.advance({ minutes: 10 })
    await site.as('responder', (tx) => postIncidentUpdate(tx, id, { status: 'identified', body: 'Found.' }))
    site.clock.advance({ minutes: 10 })
    await site.as('responder', (tx) =>
      postIncidentUpdate(tx, id, {
        status: 'identified',
        body: 'Better here, worse there.',
        components: { [api]: 'degraded_performance', [checkout]: 'partial_outage' },
      }),
    )
    site.clock.advance({ minutes: 10 })
    await site.as('responder', (tx) => postIncidentUpdate(tx, id, { status: 'resolved', body: 'Over.' }))
    expect(await impactsOn(site, 'api')).toEqual([
      ['major_outage', '2026-11-12T06:30:00Z', '2026-11-12T06:50:00Z'],
      ['degraded_performance', '2026-11-12T06:50:00Z', '2026-11-12T07:00:00Z'],
    ])
    expect(await impactsOn(site, 'checkout')).toEqual([
      ['partial_outage', '2026-11-12T06:50:00Z', '2026-11-12T07:00:00Z'],
    ])
  })

  test('that an update names as operational works again before the incident is over', async ({ site }) => {
    const { api } = site.components
    const id = await site.as('responder', (tx) =>
      openIncident(tx, { name: 'Trouble', body: 'Down.', components: { [api]: 'major_outage' } }),
    )
    site.clock.advance({ minutes: 10 })
    await site.as('responder', (tx) =>
      postIncidentUpdate(tx, id, { status: 'monitoring', body: 'Up.', components: { [api]: 'operational' } }),
    )
    expect(await statusOf(site, 'api')).toBe('operational')
  })
})

test('of no statuses the worst is operational', () => {
  expect(worstStatus([])).toBe('operational')
})
