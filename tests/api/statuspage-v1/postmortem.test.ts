import { expect, test } from '../../support/site.ts'
import { v1Client } from './client.ts'

test('a postmortem is drafted out of sight, published, taken back and deleted', async ({ site }) => {
  const client = await v1Client(site)
  const { body } = await client.post('/incidents', { incident: { name: 'Errors' } })
  const path = `/incidents/${body.id}/postmortem`
  const shown = async () => (await site.web.request(`/api/v2/incidents/${body.id}.json`)).text()
  const draft = (text: string) => client.put(path, { postmortem: { body_draft: text } })

  expect((await client.get(path)).status).toBe(404)
  expect(await draft('A disk was full.')).toMatchObject({
    status: 200,
    body: { body_draft: 'A disk was full.' },
  })
  expect((await client.put(`${path}/publish`, { postmortem: {} })).body.error).toEqual([
    'A postmortem is published once the incident is resolved.',
  ])
  await client.patch(`/incidents/${body.id}`, { incident: { status: 'resolved' } })
  expect(await shown()).not.toContain('A disk was full.')

  const published = await client.put(`${path}/publish`, {
    postmortem: { notify_twitter: false, notify_subscribers: true },
  })
  expect(published).toMatchObject({
    status: 200,
    body: {
      body: 'A disk was full.',
      body_draft: 'A disk was full.',
      published_at: '2026-11-12T06:30:00.000Z',
      notify_subscribers: false,
    },
  })
  expect(await shown()).toContain('A disk was full.')
  expect((await client.get(`/incidents/${body.id}`)).body).toMatchObject({
    status: 'resolved',
    postmortem_body: 'A disk was full.',
  })

  // A new draft leaves what is published until it is published itself.
  await draft('A disk was full, and nobody looked.')
  expect((await client.get(`${path}.json`)).body).toMatchObject({
    body: 'A disk was full.',
    body_draft: 'A disk was full, and nobody looked.',
  })
  expect(await shown()).not.toContain('nobody looked')
  expect((await client.put(`${path}/publish`, { postmortem: {} })).body.body).toBe(
    'A disk was full, and nobody looked.',
  )

  const reverted = await client.put(`${path}/revert`)
  expect(reverted).toMatchObject({ status: 200, body: { body_draft: 'A disk was full, and nobody looked.' } })
  expect(reverted.body).not.toHaveProperty('body')
  expect(await shown()).not.toContain('A disk was full')
  expect((await client.put(`${path}/revert`)).body).toEqual(reverted.body)

  expect((await client.delete(path)).status).toBe(204)
  expect((await client.delete(path)).status).toBe(404)
  expect((await client.put(`${path}/publish`, { postmortem: {} })).status).toBe(404)
  expect((await client.put(path, { postmortem: { body: 'What is this?' } })).body.error).toEqual([
    'body_draft: This field is required.',
    'body: There is no such field.',
  ])
  const window = { scheduled_for: '2026-11-13T10:00:00Z', scheduled_until: '2026-11-13T11:00:00Z' }
  const maintenance = await client.post('/incidents', { incident: { name: 'New disks', ...window } })
  expect(
    (await client.put(`/incidents/${maintenance.body.id}/postmortem`, { postmortem: { body_draft: 'x' } }))
      .status,
  ).toBe(404)
})
