import { describe, expect, test } from '../../support/site.ts'
import { BASE, type Json, writer } from './client.ts'

describe('the sla of an incident', () => {
  test('tells staff of every linked defect what the public documents tell of the public ones', async ({
    site,
  }) => {
    const api = await writer(site)
    const { body: incident } = await api.post('/incidents', { name: 'Down', body: 'We are looking into it.' })
    expect(incident.sla).toEqual({ defects: [] })
    site.clock.advance({ minutes: 5 })
    for (const [key, isPublic] of [
      ['CHK-412', true],
      ['SEC-1', false],
    ]) {
      const report = { key, title: 'Checkout is down', severity: 'critical', public: isPublic }
      const { body: defect } = await api.post('/defects', {
        ...report,
        confirmed_at: '2026-11-12T12:05:00+05:30',
      })
      for (const type of ['responded', 'workaround', 'fixed'])
        expect((await api.post(`/defects/${defect.id}/events`, { type, note: 'Done.' })).status).toBe(201)
      await api.put(`/incidents/${incident.id}/defects/${defect.id}`)
    }
    const { body: read } = await api.get(`/incidents/${incident.id}`)
    expect(read.sla.defects.map(({ key }: Json) => key)).toEqual(['CHK-412', 'SEC-1'])
    const published: Json = await (await site.web.request(`/incidents/${incident.id}.json`)).json()
    expect(JSON.stringify(read.sla.defects.slice(0, 1))).toBe(JSON.stringify(published.sla.defects))
    expect((await api.get('/incidents')).body.items).toEqual([read])
  })

  test('has its shape in the OpenAPI document', async ({ site }) => {
    const { components }: Json = await (await site.web.request(`${BASE}/openapi.json`)).json()
    expect(components.schemas.Incident.properties.sla.properties.defects).toEqual({
      type: 'array',
      items: { $ref: '#/components/schemas/DefectSla' },
    })
    expect(components.schemas.DefectSla.required).toEqual([
      'id',
      'key',
      'title',
      'severity',
      'status',
      'confirmed_at',
      'reported_at',
      'policy',
      'calendar',
      'goals',
    ])
  })
})
