import { editIncident } from '../../../src/domain/incidents/edit-incident.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { editIncidentUpdate, postIncidentUpdate } from '../../../src/domain/incidents/post-update.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

interface Item {
  id: string
  title: string
  content_html: string
}

async function items(site: Site): Promise<Item[]> {
  const { items } = JSON.parse(await (await site.web.request('/feed.json')).text())
  return items
}

describe('an item of the updates feed', () => {
  test('stays as it was when its update is edited and its incident renamed', async ({ site }) => {
    const incident = await site.as('responder', (tx) =>
      openIncident(tx, { name: 'Something is wrong', body: 'We are investigating.' }),
    )
    const [first] = await items(site)
    const update = first?.id.split('#update-')[1] ?? ''
    site.clock.advance({ minutes: 5 })
    await site.as('responder', (tx) => editIncident(tx, incident, { name: 'Payments fail' }))
    site.clock.advance({ minutes: 5 })
    await site.as('responder', (tx) =>
      editIncidentUpdate(tx, incident, update, { body: 'We are looking into it.', status: 'identified' }),
    )
    site.clock.advance({ minutes: 5 })
    await site.as('responder', (tx) =>
      postIncidentUpdate(tx, incident, { status: 'resolved', body: 'Over.' }),
    )
    const [newest, oldest] = await items(site)
    expect(oldest).toEqual(first)
    expect(newest).toMatchObject({ title: 'Resolved: Payments fail', content_html: '<p>Over.</p>' })
  })

  test('appears for what is posted now, even when it tells of earlier', async ({ site }) => {
    const incident = await site.as('responder', (tx) => openIncident(tx, { name: 'Late', body: 'Now.' }))
    site.clock.advance({ hours: 2 })
    const displayAt = site.clock.now() - 30 * 60_000
    await site.as('responder', (tx) =>
      postIncidentUpdate(tx, incident, { status: 'identified', body: 'Then.', display_at: displayAt }),
    )
    expect((await items(site)).map(({ content_html }) => content_html)).toEqual([
      '<p>Then.</p>',
      '<p>Now.</p>',
    ])
  })

  test('is not made for an incident that is told after the fact', async ({ site }) => {
    const displayAt = site.clock.now() - 86_400_000
    await site.as('responder', (tx) =>
      openIncident(tx, {
        name: 'Last month',
        status: 'resolved',
        body: 'It was over in an hour.',
        backfilled: true,
        display_at: displayAt,
      }),
    )
    expect(await items(site)).toEqual([])
    expect(await (await site.web.request('/history.rss')).text()).toContain('Last month')
  })
})
