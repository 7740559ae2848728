import { postMaintenanceUpdate } from '../../../src/domain/maintenance/post-update.ts'
import { scheduleMaintenance } from '../../../src/domain/maintenance/schedule-maintenance.ts'
import { HOUR_MS } from '../../../src/lib/instant.ts'
import { expect, test } from '../../support/site.ts'
import { get, link, open, post } from './incident-story.ts'

test('the headline for programs says what the page says, and whether there is anything to tell', async ({
  site,
}) => {
  const headline = async () => {
    const { page, headline } = await get(site, '/headline.json')
    expect(page).toEqual((await get(site, '/api/v2/status.json')).page)
    return headline
  }
  const indicator = async () => (await get(site, '/api/v2/status.json')).status.indicator
  const calm = {
    status: 'operational',
    is_calm: true,
    sentence: 'All systems are working.',
    incident_id: null,
    promise: null,
  }
  expect(await headline()).toEqual(calm)

  // Tools are told of components alone; who looks at the card is told of incidents.
  const untouched = await open(site)
  const told = { ...calm, is_calm: false, sentence: 'Payments fail.', incident_id: untouched }
  expect([await headline(), await indicator()]).toEqual([told, 'none'])
  await post(site, untouched, 'resolved')
  expect(await headline()).toEqual(calm)

  const down = await open(site, { components: { [site.components.api]: 'major_outage' } })
  await link(site, down, 'API-7', true)
  expect(await headline()).toMatchObject({
    status: 'major_outage',
    is_calm: false,
    promise: expect.stringMatching(/promised by .* IST\.$/),
  })
  await post(site, down, 'resolved')

  const maintenance = await site.as('responder', (tx) =>
    scheduleMaintenance(tx, {
      name: 'New disks',
      body: 'Nothing stops.',
      scheduled_for: tx.now + HOUR_MS,
      scheduled_until: tx.now + 2 * HOUR_MS,
    }),
  )
  expect(await headline()).toEqual(calm)
  await site.as('job', (tx) =>
    postMaintenanceUpdate(tx, maintenance, { status: 'in_progress', body: 'Now.' }),
  )
  expect(await headline()).toMatchObject({ status: 'under_maintenance', is_calm: false })

  const answer = await site.web.request('/headline.json')
  expect(answer.headers.get('Access-Control-Allow-Origin')).toBe('*')
})
