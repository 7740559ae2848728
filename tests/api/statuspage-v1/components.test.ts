import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { describe, expect, test } from '../../support/site.ts'
import { v1Client } from './client.ts'

describe('components', () => {
  test('are made, read, listed, changed and taken off the page', async ({ site }) => {
    const client = await v1Client(site)
    const made = await client.post('/components', {
      component: {
        name: 'Search',
        description: 'Finds things',
        status: 'operational',
        start_date: '2026-02-01',
      },
    })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      page_id: client.page,
      name: 'Search',
      description: 'Finds things',
      status: 'operational',
      group: false,
      position: 4,
      showcase: true,
      only_show_if_degraded: false,
      start_date: '2026-02-01',
    })
    const one = `/components/${made.body.id}`
    expect((await client.get(one)).body).toEqual(made.body)

    const changed = await client.patch(one, { component: { description: '', showcase: false } })
    expect(changed.status).toBe(200)
    expect(changed.body).not.toHaveProperty('description')
    expect(changed.body).toMatchObject({ name: 'Search', showcase: false })

    const listed = await client.get('/components')
    expect(listed.body.map(({ name }: { name: string }) => name)).toEqual([
      'API',
      'Checkout',
      'Reports',
      'Search',
    ])
    const second = await client.get('/components?page=2&per_page=3')
    expect(second.body.map(({ name }: { name: string }) => name)).toEqual(['Search'])

    expect(await client.delete(one)).toMatchObject({ status: 204, body: '' })
    expect((await client.get(one)).status).toBe(404)
    expect((await client.delete(one)).status).toBe(404)
    expect((await client.get('/components')).body).toHaveLength(3)
  })

  test('keep the status that incidents give them', async ({ site }) => {
    const client = await v1Client(site)
    const { api } = site.components
    await site.as('responder', (tx) =>
      openIncident(tx, { name: 'Errors', body: 'We look.', components: { [api]: 'major_outage' } }),
    )
    const asItIs = await client.put(`/components/${api}`, {
      component: { name: 'The API', status: 'major_outage' },
    })
    expect(asItIs).toMatchObject({ status: 200, body: { name: 'The API', status: 'major_outage' } })
    const otherwise = await client.patch(`/components/${api}`, {
      component: { name: 'Not this', status: 'operational' },
    })
    expect(otherwise.status).toBe(422)
    expect(otherwise.body.error).toEqual([expect.stringContaining('status: This component is major_outage')])
    expect((await client.get(`/components/${api}`)).body.name).toBe('The API')
  })
})

describe('component groups', () => {
  test('hold exactly the components that they are given', async ({ site }) => {
    const client = await v1Client(site)
    const { api, checkout, reports } = site.components
    const made = await client.post('/component-groups', {
      component_group: { name: 'Shop', components: [api, checkout] },
      description: 'What customers see',
    })
    expect(made).toMatchObject({
      status: 201,
      body: {
        page_id: client.page,
        name: 'Shop',
        description: 'What customers see',
        components: [api, checkout],
      },
    })
    const one = `/component-groups/${made.body.id}`
    expect((await client.get(one)).body).toEqual(made.body)
    expect((await client.get('/component-groups.json')).body).toEqual([made.body])
    expect((await client.get(`/components/${api}`)).body.group_id).toBe(made.body.id)

    // One of the Terraform providers sends changes without their wrapper.
    const changed = await client.patch(one, { name: 'Store', components: [checkout, reports] })
    expect(changed).toMatchObject({ status: 200, body: { name: 'Store', components: [checkout, reports] } })
    expect((await client.get(`/components/${api}`)).body).not.toHaveProperty('group_id')

    const unknown = await client.put(one, { component_group: { name: 'No', components: ['nothing00000'] } })
    expect(unknown.body.error).toEqual(['components: There is no component nothing00000.'])
    expect((await client.get(one)).body.name).toBe('Store')

    const out = await client.patch(`/components/${reports}`, { component: { group_id: 'null' } })
    expect(out.body).not.toHaveProperty('group_id')
    const gone = await client.delete(one)
    expect(gone).toMatchObject({ status: 200, body: { name: 'Store', components: [checkout] } })
    expect((await client.get(one)).status).toBe(404)
    expect((await client.get(`/components/${checkout}`)).body).not.toHaveProperty('group_id')
  })
})
