import { listEvents } from '../../../src/domain/events/list-events.ts'
import { getIncident } from '../../../src/domain/incidents/list-incidents.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { editIncidentUpdate, postIncidentUpdate } from '../../../src/domain/incidents/post-update.ts'
import { getUpdate, listEdits, listUpdatesOf } from '../../../src/domain/updates/list-updates.ts'
import { isPostedLater } from '../../../src/domain/updates/status-update.ts'
import { MINUTE_MS } from '../../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { impactsOn, outcomesOf } from '../reading.ts'

describe('editing an update', () => {
  test('keeps every earlier text, and when the update was really posted', async ({ site }) => {
    const { id, updateId } = await resolvedIncident(site)
    const before = await getUpdate(site.ctx.read, { incidentId: id }, updateId)
    site.clock.advance({ minutes: 5 })
    await edit(site, id, updateId, { body: 'It is over.' })
    const firstEditAt = site.clock.now()
    site.clock.advance({ minutes: 5 })
    await edit(site, id, updateId, { body: 'It is all over.' })
    const after = await getUpdate(site.ctx.read, { incidentId: id }, updateId)
    expect(after).toMatchObject({
      body: 'It is all over.',
      createdAt: before.createdAt,
      editedAt: site.clock.now(),
    })
    const edits = (await listEdits(site.ctx.read, [updateId])).get(updateId)
    expect(edits?.map(({ body, replacedAt }) => [body, replacedAt])).toEqual([
      ['It is over.', site.clock.now()],
      ['Over.', firstEditAt],
    ])
  })

  test('tells subscribers where that is asked for alone', async ({ site }) => {
    const { id, updateId } = await resolvedIncident(site)
    await edit(site, id, updateId, { body: 'It is over.' })
    await edit(site, id, updateId, { body: 'It is over, for all.', deliver_notifications: true })
    const edits = await listEvents(site.ctx.read, { limit: 2, subjectId: id })
    expect(edits.map(({ after }) => after)).toEqual([
      { update_id: updateId, body: 'It is over, for all.', deliver_notifications: true },
      { update_id: updateId, body: 'It is over.', deliver_notifications: false },
    ])
    // Whether the update itself was told of is another matter.
    expect(await getUpdate(site.ctx.read, { incidentId: id }, updateId)).toMatchObject({
      deliverNotifications: true,
    })
    await expect(edit(site, id, updateId, { deliver_notifications: true })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  test('that changes nothing is refused and leaves no trace', async ({ site }) => {
    const { id, updateId } = await resolvedIncident(site)
    await expect(edit(site, id, updateId, { body: 'Over.' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(edit(site, id, updateId, {})).rejects.toMatchObject({ code: 'invalid' })
    expect((await listEdits(site.ctx.read, [updateId])).size).toBe(0)
  })

  test('of its time moves the impact with it', async ({ site }) => {
    const { id, updateId } = await resolvedIncident(site)
    await edit(site, id, updateId, { display_at: site.clock.now() - 10 * MINUTE_MS })
    expect(await impactsOn(site, 'api')).toEqual([
      ['major_outage', '2026-11-12T06:30:00Z', '2026-11-12T06:50:00Z'],
    ])
    expect((await getIncident(site.ctx.read, id)).resolvedAt).toBe(Date.parse('2026-11-12T06:50:00Z'))
  })

  test('of the last state reopens the incident; its components stay as that update left them', async ({
    site,
  }) => {
    const { id, updateId } = await resolvedIncident(site)
    await edit(site, id, updateId, { status: 'monitoring' })
    expect(await getIncident(site.ctx.read, id)).toMatchObject({ status: 'monitoring', resolvedAt: null })
  })

  test('to a time that has not come is refused', async ({ site }) => {
    const { id, updateId } = await resolvedIncident(site)
    await expect(edit(site, id, updateId, { display_at: site.clock.now() + 1 })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/display_at' }],
    })
  })

  test('of another incident’s update is not-found', async ({ site }) => {
    const { updateId } = await resolvedIncident(site)
    const other = await resolvedIncident(site)
    await expect(edit(site, other.id, updateId, { body: 'X' })).rejects.toMatchObject({ code: 'not-found' })
  })

  test('by two responders at once keeps both earlier texts', async ({ site }) => {
    const { id, updateId } = await resolvedIncident(site)
    const attempts = await outcomesOf([
      edit(site, id, updateId, { body: 'Over, says one.' }),
      edit(site, id, updateId, { body: 'Over, says the other.' }),
    ])
    expect(attempts.succeeded).toBe(2)
    const { body } = await getUpdate(site.ctx.read, { incidentId: id }, updateId)
    const earlier = (await listEdits(site.ctx.read, [updateId])).get(updateId) ?? []
    expect([body, ...earlier.map((it) => it.body)].sort()).toEqual([
      'Over, says one.',
      'Over, says the other.',
      'Over.',
    ])
  })
})

describe('an update', () => {
  test('is posted later when it is shown at least a minute earlier', () => {
    const displayAt = Date.parse('2026-11-12T06:30:00Z')
    expect(isPostedLater({ displayAt, createdAt: displayAt + MINUTE_MS - 1 })).toBe(false)
    expect(isPostedLater({ displayAt, createdAt: displayAt + MINUTE_MS })).toBe(true)
  })

  test('stands by the time shown, and at the same time by when it was posted', async ({ site }) => {
    const { id } = await resolvedIncident(site)
    const begin = Date.parse('2026-11-12T06:30:00Z')
    await site.as('responder', (tx) =>
      postIncidentUpdate(tx, id, {
        status: 'identified',
        body: 'In between.',
        display_at: begin + MINUTE_MS,
      }),
    )
    await site.as('responder', (tx) =>
      postIncidentUpdate(tx, id, { status: 'identified', body: 'With the first.', display_at: begin }),
    )
    const updates = await listUpdatesOf(site.ctx.read, { incidentId: id })
    expect(updates.map(({ body, number }) => [body, number])).toEqual([
      ['Down.', 1],
      ['With the first.', 4],
      ['In between.', 3],
      ['Over.', 2],
    ])
    expect((await getIncident(site.ctx.read, id)).status).toBe('resolved')
  })

  test('numbers stay unique when two responders post at once', async ({ site }) => {
    const { id } = await resolvedIncident(site)
    const post = (body: string) =>
      site.as('responder', (tx) => postIncidentUpdate(tx, id, { status: 'monitoring', body }))
    expect((await outcomesOf([post('One.'), post('Two.'), post('Three.')])).succeeded).toBe(3)
    const updates = await listUpdatesOf(site.ctx.read, { incidentId: id })
    expect(updates.map(({ number }) => number).sort()).toEqual([1, 2, 3, 4, 5])
  })
})

/** Down at noon in India, over half an hour later, which is now. */
async function resolvedIncident(site: Site): Promise<{ id: string; updateId: string }> {
  site.clock.set('2026-11-12T12:00:00+05:30')
  const id = await site.as('responder', (tx) =>
    openIncident(tx, {
      name: 'Trouble',
      body: 'Down.',
      components: { [site.components.api]: 'major_outage' },
    }),
  )
  site.clock.advance({ minutes: 30 })
  const updateId = await site.as('responder', (tx) =>
    postIncidentUpdate(tx, id, { status: 'resolved', body: 'Over.' }),
  )
  return { id, updateId }
}

function edit(
  site: Site,
  id: string,
  updateId: string,
  changes: Parameters<typeof editIncidentUpdate>[3],
): Promise<void> {
  return site.as('responder', (tx) => editIncidentUpdate(tx, id, updateId, changes))
}
