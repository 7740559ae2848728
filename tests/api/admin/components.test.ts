import { describe, expect, test } from '../../support/site.ts'
import { clientOf, type Json } from './client.ts'

describe('the parts of the page', () => {
  test('are added, grouped, changed and taken off; each answer is what the next reader sees', async ({
    site,
  }) => {
    const api = await clientOf(site, 'components:write')
    const group = (await api.post('/component-groups', { name: 'Payments' })).body
    const added = await api.post('/components', {
      name: ' Cards ',
      group_id: group.id,
      start_date: '2026-02-01',
    })
    expect(added.status).toBe(201)
    expect(added.body).toEqual({
      id: added.body.id,
      name: 'Cards',
      description: null,
      status: 'operational',
      group_id: group.id,
      position: 4,
      start_date: '2026-02-01',
      showcase: true,
      only_show_if_degraded: false,
      created_at: '2026-11-12T06:30:00.000Z',
      updated_at: '2026-11-12T06:30:00.000Z',
      archived_at: null,
    })
    const path = `/components/${added.body.id}`
    expect((await api.get(path)).body).toEqual(added.body)

    const changed = await api.patch(path, { description: 'Visa and others', showcase: false })
    expect(changed.body).toEqual({ ...added.body, description: 'Visa and others', showcase: false })

    expect((await api.delete(`/component-groups/${group.id}`)).status).toBe(204)
    expect((await api.get(`/component-groups/${group.id}`)).status).toBe(404)
    expect((await api.get(path)).body.group_id).toBeNull()

    const archived = await api.delete(path)
    expect(archived.body.archived_at).toBe('2026-11-12T06:30:00.000Z')
    expect((await api.get(path)).body).toEqual(archived.body)
    expect((await api.get('/components')).body.items.map(({ name }: Json) => name)).toEqual([
      'API',
      'Checkout',
      'Reports',
    ])
    expect((await api.delete(path)).status).toBe(404)
    const restored = await api.delete(`${path}/archival`)
    expect(restored.body).toEqual({ ...archived.body, archived_at: null })
  })

  test('are put in order all at once, or not at all', async ({ site }) => {
    const api = await clientOf(site, 'components:write')
    const { api: one, checkout, reports } = site.components
    const { id: group_id } = (await api.post('/component-groups', { name: 'Payments' })).body
    const order = {
      sections: [
        { group_id, components: [reports, one] },
        { group_id: null, components: [checkout] },
      ],
    }
    const put = await api.put('/component-order', order)
    expect([put.status, put.body]).toEqual([200, order])
    expect((await api.get('/component-order')).body).toEqual(order)
    const without = { sections: order.sections.slice(1) }
    expect((await api.put('/component-order', without)).status).toBe(409)
    expect((await api.put('/component-order', { sections: [{ components: [] }] })).body.errors).toMatchObject(
      [{ pointer: '/sections/0/group_id' }],
    )
    expect((await api.get('/component-order')).body).toEqual(order)
  })

  test('have the settings of the page beside them', async ({ site }) => {
    const api = await clientOf(site, 'components:write')
    const before = (await api.get('/page')).body
    expect(before).toMatchObject({
      name: 'Ledger Lane',
      time_zone: 'Asia/Kolkata',
      url: 'https://status.ledgerlane.example',
    })
    const settings = {
      time_zone: 'Europe/Paris',
      support_url: 'mailto:help@ledgerlane.example',
      accent: '#1f6feb',
    }
    const after = await api.patch('/page', settings)
    expect(after.body).toMatchObject({ ...settings, name: 'Ledger Lane' })
    expect(after.body.version).toBeGreaterThan(before.version)
    expect((await api.get('/page')).body).toEqual(after.body)
  })
})
