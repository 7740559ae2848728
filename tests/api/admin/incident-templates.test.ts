import { describe, expect, test } from '../../support/site.ts'
import { clientOf } from './client.ts'

const TEMPLATE = {
  title: 'Payments fail',
  name: '{{component}} fails for {{whom}}',
  status: 'identified',
  body: 'Since {{ time }} {{component}} answers with errors.',
  deliver_notifications: false,
}

describe('an incident template', () => {
  test('is added, changed and deleted; each answer is what the next reader sees', async ({ site }) => {
    const api = await clientOf(site, 'incidents:write')
    const components = { [site.components.checkout]: 'major_outage' }
    const added = await api.post('/incident-templates', { ...TEMPLATE, components })
    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({ ...TEMPLATE, components, variables: ['component', 'whom', 'time'] })
    const path = `/incident-templates/${added.body.id}`
    expect((await api.get(path)).body).toEqual(added.body)
    expect((await api.get('/incident-templates')).body.items).toEqual([added.body])

    site.clock.advance({ minutes: 1 })
    const changed = await api.patch(path, { name: 'Payments fail', components: {} })
    expect(changed.body).toEqual({
      ...added.body,
      version: changed.body.version,
      name: 'Payments fail',
      components: {},
      variables: ['time', 'component'],
      updated_at: '2026-11-12T06:31:00.000Z',
    })
    expect(changed.body.version).toBeGreaterThan(added.body.version)

    expect((await api.delete(path)).status).toBe(204)
    expect((await api.get(path)).status).toBe(404)
    const { events } = await log(site)
    expect(events).toEqual(['created', 'updated', 'deleted'].map((what) => `incident_template.${what}`))
  })

  test('says what an incident could begin with: known components, and none affected by what is resolved', async ({
    site,
  }) => {
    const api = await clientOf(site, 'incidents:write')
    const { api: id, checkout } = site.components
    const made = (await api.post('/incident-templates', TEMPLATE)).body
    const before = await log(site)
    const refused = [
      [await api.post('/incident-templates', { ...TEMPLATE, title: ' ' }), '/title'],
      [
        await api.post('/incident-templates', { ...TEMPLATE, components: { nowhere: 'major_outage' } }),
        '/components/nowhere',
      ],
      [
        await api.post('/incident-templates', {
          ...TEMPLATE,
          status: 'resolved',
          components: { [id]: 'operational', [checkout]: 'major_outage' },
        }),
        `/components/${checkout}`,
      ],
      [
        await api.patch(`/incident-templates/${made.id}`, {
          status: 'resolved',
          components: { [id]: 'major_outage' },
        }),
        `/components/${id}`,
      ],
    ] as const
    for (const [{ status, body }, pointer] of refused) {
      expect(status).toBe(422)
      expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer])
    }
    expect(await log(site)).toEqual(before)
  })
})

async function log(site: Parameters<typeof clientOf>[0]): Promise<{ events: string[] }> {
  const rows = await site.ctx.read
    .selectFrom('event')
    .select('type')
    .where('type', 'like', 'incident_template.%')
    .orderBy('id')
    .execute()
  return { events: rows.map(({ type }) => type) }
}
