import { STANDARD_POLICY } from '../../../src/domain/sla/terms/standard-terms.ts'
import { describe, expect, test } from '../../support/site.ts'
import { type Client, type Json, writer } from './client.ts'

/** Follows `next_cursor` from page to page. */
async function walk(api: Client, path: string): Promise<Json[]> {
  const items: Json[] = []
  for (let cursor: string | null = null, pages = 0; pages < 20; pages += 1) {
    const { body, headers, status } = await api.get(
      `${path}?limit=2${cursor === null ? '' : `&cursor=${cursor}`}`,
    )
    expect(status).toBe(200)
    expect(body.items.length).toBeLessThanOrEqual(2)
    items.push(...body.items)
    if (body.next_cursor === null) {
      expect(headers.get('Link')).toBeNull()
      return items
    }
    expect(headers.get('Link')).toContain(`cursor=${body.next_cursor}`)
    expect(headers.get('Link')).toContain('rel="next"')
    cursor = body.next_cursor
  }
  throw new Error('The list has no end.')
}

describe('a list', () => {
  test('shows everything once, also what came at the same instant', async ({ site }) => {
    const api = await writer(site)
    const contract = { name: 'Gold', customer: 'Harbour Mills', policy_id: 'standard' }
    const links = `/sla/contracts/${(await api.post('/sla/contracts', contract)).body.id}/links`
    for (let number = 1; number <= 5; number += 1) {
      // Twos share an instant.
      if (number % 2 === 1) site.clock.advance({ minutes: 1 })
      await api.post('/components', { name: `Part ${number}`, position: 7 })
      await api.post('/component-groups', { name: `Group ${number}` })
      await api.post('/incidents', { name: `Incident ${number}`, body: 'Looking.' })
      await api.post('/incident-templates', { title: `T${number}`, name: 'Slow', body: 'Looking.' })
      await api.post('/maintenances', {
        name: `Maintenance ${number}`,
        body: 'We will be back.',
        scheduled_for: '2026-12-01T00:00:00Z',
        scheduled_until: '2026-12-01T01:00:00Z',
      })
      await api.post('/defects', { key: `CHK-${number}`, title: 'Off by one', severity: 'low' })
      await api.post('/releases', { name: `1.${number}` })
      await api.post('/sla/calendars', { name: `Days ${number}`, time_zone: 'UTC' })
      const { goals } = STANDARD_POLICY
      await api.post('/sla/policies', { name: `Terms ${number}`, calendar_id: 'standard', goals })
      await api.post('/sla/contracts', { name: 'Gold', plan: `Gold ${number}`, policy_id: 'standard' })
      await api.post(links, { name: `Desk ${number}` })
      await api.post('/tokens', { name: `Bot ${number}`, scopes: ['read'] })
    }
    const expected: Record<string, number> = {
      '/components': 8,
      '/component-groups': 5,
      '/incidents': 5,
      '/incident-templates': 5,
      '/maintenances': 5,
      '/defects': 5,
      '/releases': 5,
      '/sla/calendars': 6,
      '/sla/policies': 6,
      '/sla/contracts': 6,
      [links]: 5,
      '/tokens': 6,
    }
    for (const [path, count] of Object.entries(expected)) {
      const walked = await walk(api, path)
      expect(new Set(walked.map(({ id }) => id)).size, path).toBe(count)
      expect(
        walked.map(({ id }) => id),
        path,
      ).toEqual((await api.get(`${path}?limit=100`)).body.items.map(({ id }: Json) => id))
    }
    const newest = (await api.get('/audit?limit=3')).body
    expect(newest.items[0]).toMatchObject({
      type: 'token.created',
      actor: { kind: 'token', id: api.tokenId },
    })
    const older = (await api.get(`/audit?limit=3&cursor=${newest.next_cursor}`)).body
    expect(older.items[0].id).toBe(newest.items[2].id - 1)
  })

  test('of changes can be narrowed to one subject', async ({ site }) => {
    const api = await writer(site)
    const { body: group } = await api.post('/component-groups', { name: 'Back office' })
    await api.patch(`/component-groups/${group.id}`, { name: 'Office' })
    await api.delete(`/component-groups/${group.id}`)
    const { body } = await api.get(`/audit?subject_id=${group.id}`)
    expect(body.items.map(({ type }: Json) => type)).toEqual([
      'component_group.deleted',
      'component_group.updated',
      'component_group.created',
    ])
  })
})
