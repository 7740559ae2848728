import { publishPostmortem } from '../../../src/domain/incidents/postmortem.ts'
import { cancelMaintenance, postMaintenanceUpdate } from '../../../src/domain/maintenance/post-update.ts'
import { scheduleMaintenance } from '../../../src/domain/maintenance/schedule-maintenance.ts'
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import type { Json } from '../admin/client.ts'
import { get, open, post } from './incident-story.ts'

async function plan(site: Site): Promise<string> {
  return site.as('responder', (tx) =>
    scheduleMaintenance(tx, {
      name: 'New disks',
      body: 'Nothing stops.',
      scheduled_for: tx.now + HOUR_MS,
      scheduled_until: tx.now + 2 * HOUR_MS,
      components: { [site.components.api]: 'under_maintenance' },
    }),
  )
}

const day = (date: number, clock: string) =>
  `Nov <var data-var='date'>${date}</var>, <var data-var='time'>${clock}</var>`

describe('/history.json', () => {
  test('tells all that began, in the words with which other pages show it', async ({ site }) => {
    const { api, checkout } = site.components
    site.clock.set('2026-11-03T23:30:00+05:30')
    const night = await open(site, { components: { [checkout]: 'major_outage' } })
    site.clock.set('2026-11-04T00:10:00+05:30')
    await post(site, night, 'resolved')
    const done = await plan(site)
    const cancelled = await plan(site)
    await site.as('responder', (tx) => cancelMaintenance(tx, cancelled, {}))
    site.clock.advance({ hours: 1 })
    for (const status of ['in_progress', 'completed'] as const)
      await site.as('responder', (tx) =>
        postMaintenanceUpdate(tx, done, { status, body: `It is ${status}.` }),
      )
    site.clock.advance({ minutes: 1 })
    const told = await open(site, { name: 'Told', components: { [api]: 'under_maintenance' } })
    site.clock.advance({ minutes: 20 })
    await post(site, told, 'resolved')
    await site.as('responder', (tx) => publishPostmortem(tx, told, { body: 'A queue was **full**.' }))
    await plan(site)
    site.clock.set('2026-11-12T12:00:00+05:30')
    const running = await open(site, { name: 'It is slow', impact_override: 'minor' })

    const { page, months, next_page } = await get(site, '/history.json')
    expect([page, next_page]).toEqual([(await get(site, '/api/v2/status.json')).page, null])
    expect(months).toEqual([
      { name: 'November', year: 2026, starts_on: 0, days: 30, incidents: expect.any(Array) },
    ])
    expect(Object.keys(months[0])).toEqual(['name', 'year', 'starts_on', 'days', 'incidents'])
    expect(months[0].incidents).toEqual([
      {
        code: running,
        name: 'It is slow',
        message: 'We are investigating.',
        impact: 'minor',
        timestamp: `${day(12, '12:00')} IST`,
      },
      {
        code: told,
        name: 'Told',
        message: 'A queue was **full**.',
        impact: 'maintenance',
        timestamp: `${day(4, '01:11')} - <var data-var='time'>01:31</var> IST`,
      },
      {
        code: done,
        name: 'New disks',
        message: 'It is completed.',
        impact: 'maintenance',
        timestamp: `${day(4, '01:10')} - <var data-var='time'>02:10</var> IST`,
      },
      {
        code: night,
        name: 'Payments fail',
        message: 'It is resolved.',
        impact: 'critical',
        timestamp: `${day(3, '23:30')} - ${day(4, '00:10')} IST`,
      },
    ])
    for (const { code } of months[0].incidents)
      expect((await get(site, `/incidents/${code}.json`)).id).toBe(code)
  })

  test('has three months a page to the first, all of them where they are busy, and then none', async ({
    site,
  }) => {
    const at = (date: string) => Date.parse(`${date}T12:00:00+05:30`)
    const began: Record<string, string> = {}
    for (const date of ['2026-09-01', '2026-08-31', '2026-02-10'])
      began[date] = await open(site, { status: 'resolved', display_at: at(date) })
    const busy = 101
    for (let index = 0; index < busy; index += 1)
      await open(site, { status: 'resolved', display_at: at('2026-10-02') + index * MINUTE_MS })
    const pages: Json[] = []
    for (const number of [1, 2, 3, 4]) pages.push(await get(site, `/history.json?page=${number}`))
    const named = pages.map(({ months, next_page }) => [
      months.map(({ name, incidents }: Json) => `${name} ${incidents.length}`).join(', '),
      next_page,
    ])
    expect(named).toEqual([
      [`November 0, October ${busy}, September 1`, 2],
      ['August 1, July 0, June 0', 3],
      ['May 0, April 0, March 0', 4],
      ['February 1', null],
    ])
    expect(pages[0]?.months[2].incidents[0].code).toBe(began['2026-09-01'])
    expect(await get(site, '/history.json?page=5')).toMatchObject({ months: [], next_page: null })
    for (const page of ['0', 'x']) {
      const answer = await site.web.request(`/history.json?page=${page}`)
      expect([answer.status, answer.headers.get('Content-Type')]).toEqual([404, 'application/problem+json'])
    }
  })
})
