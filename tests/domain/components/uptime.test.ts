import { createComponent } from '../../../src/domain/components/components.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../../src/domain/incidents/post-update.ts'
import { updatePage } from '../../../src/domain/page.ts'
import { readComponentPage } from '../../../src/domain/status-page/read-component-page.ts'
import type { DayBar } from '../../../src/domain/status-page/views.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

const HOUR_SECONDS = 3_600
const DAY_SECONDS = 24 * HOUR_SECONDS

describe('uptime', () => {
  test('is 1 − (major + 0.3 · partial) / total', async ({ site }) => {
    // One hour of each on the tenth.
    await outage(site, 'major_outage', '2026-11-10T08:00:00+05:30', '2026-11-10T09:00:00+05:30')
    await outage(site, 'partial_outage', '2026-11-10T12:00:00+05:30', '2026-11-10T13:00:00+05:30')
    const day = await dayOf(site, '2026-11-10')
    expect(day).toMatchObject({
      status: 'major_outage',
      majorSeconds: HOUR_SECONDS,
      partialSeconds: HOUR_SECONDS,
    })
    expect(day?.uptimeRatio).toBeCloseTo(1 - 1.3 / 24, 12)
  })

  test('is not lowered by degraded performance', async ({ site }) => {
    await outage(site, 'degraded_performance', '2026-11-10T08:00:00+05:30', '2026-11-10T20:00:00+05:30')
    expect(await dayOf(site, '2026-11-10')).toMatchObject({ status: 'degraded_performance', uptimeRatio: 1 })
  })

  test('counts an hour once when two incidents overlap, by the worse of them', async ({ site }) => {
    await outage(site, 'partial_outage', '2026-11-10T08:00:00+05:30', '2026-11-10T11:00:00+05:30')
    await outage(site, 'major_outage', '2026-11-10T09:00:00+05:30', '2026-11-10T10:00:00+05:30')
    expect(await dayOf(site, '2026-11-10')).toMatchObject({
      majorSeconds: HOUR_SECONDS,
      partialSeconds: 2 * HOUR_SECONDS,
    })
  })

  test('counts from one whole second of the clock to another', async ({ site }) => {
    await outage(site, 'major_outage', '2026-11-10T08:00:00.900+05:30', '2026-11-10T08:10:00.100+05:30')
    await outage(site, 'partial_outage', '2026-11-10T23:50:00.100+05:30', '2026-11-11T00:00:00.900+05:30')
    await outage(site, 'major_outage', '2026-11-11T08:00:00.100+05:30', '2026-11-11T08:00:00.900+05:30')
    expect(await dayOf(site, '2026-11-10')).toMatchObject({ majorSeconds: 600, partialSeconds: 600 })
    // Too short for a second of it, and not for a word.
    expect(await dayOf(site, '2026-11-11')).toMatchObject({
      status: 'major_outage',
      majorSeconds: 0,
      partialSeconds: 0,
    })
  })

  test('gives each day its part of a night, by the page’s midnight', async ({ site }) => {
    await outage(site, 'major_outage', '2026-11-10T23:59:00+05:30', '2026-11-11T00:02:30+05:30')
    expect((await dayOf(site, '2026-11-10'))?.majorSeconds).toBe(60)
    expect((await dayOf(site, '2026-11-11'))?.majorSeconds).toBe(150)
  })

  test('of an outage that ends at midnight leaves the next day alone', async ({ site }) => {
    await outage(site, 'major_outage', '2026-11-10T22:00:00+05:30', '2026-11-11T00:00:00+05:30')
    expect(await dayOf(site, '2026-11-11')).toMatchObject({
      status: 'operational',
      uptimeRatio: 1,
      incidents: [],
    })
  })

  test('counts the running day as a whole one, and its outage up to now', async ({ site }) => {
    site.clock.set('2026-11-12T10:00:00+05:30')
    await site.as('responder', (tx) =>
      openIncident(tx, {
        name: 'Down',
        body: 'Down.',
        components: { [site.components.api]: 'major_outage' },
      }),
    )
    site.clock.set('2026-11-12T12:00:00+05:30')
    const today = await dayOf(site, '2026-11-12')
    expect(today?.majorSeconds).toBe(2 * HOUR_SECONDS)
    expect(today?.uptimeRatio).toBeCloseTo(1 - 2 / 24, 12)
  })

  test('counts an outage that still runs from its first second, then by whole minutes of the clock', async ({
    site,
  }) => {
    site.clock.set('2026-11-12T10:00:37+05:30')
    const id = await site.as('responder', (tx) =>
      openIncident(tx, {
        name: 'Down',
        body: 'Down.',
        components: { [site.components.api]: 'major_outage' },
      }),
    )
    const told: [clock: string, seconds: number | undefined][] = []
    for (const clock of ['10:00:37', '10:00:59', '10:01:00', '10:01:59', '10:02:00']) {
      site.clock.set(`2026-11-12T${clock}+05:30`)
      const day = await dayOf(site, '2026-11-12')
      expect(day).toMatchObject({ status: 'major_outage', incidents: [{ id }] })
      told.push([clock, day?.majorSeconds])
    }
    expect(told).toEqual([
      ['10:00:37', 1],
      ['10:00:59', 1],
      ['10:01:00', 23],
      ['10:01:59', 23],
      ['10:02:00', 83],
    ])
    // What is over is counted to the second at once.
    site.clock.set('2026-11-12T10:02:30+05:30')
    await site.as('responder', (tx) => postIncidentUpdate(tx, id, { status: 'resolved', body: 'Up.' }))
    expect((await dayOf(site, '2026-11-12'))?.majorSeconds).toBe(113)
  })

  test('of an outage that runs through midnight is there in the first moment of the new day', async ({
    site,
  }) => {
    site.clock.set('2026-11-12T23:30:00+05:30')
    const id = await site.as('responder', (tx) =>
      openIncident(tx, {
        name: 'Down',
        body: 'Down.',
        components: { [site.components.api]: 'partial_outage' },
      }),
    )
    site.clock.set('2026-11-13T00:00:00+05:30')
    expect((await dayOf(site, '2026-11-12'))?.partialSeconds).toBe(30 * 60)
    expect(await dayOf(site, '2026-11-13')).toMatchObject({
      status: 'partial_outage',
      partialSeconds: 1,
      incidents: [{ id }],
    })
  })

  test('has no data before the start date, even where there was an incident', async ({ site }) => {
    const young = await site.as('administrator', (tx) =>
      createComponent(tx, { name: 'Young', start_date: '2026-11-11' }),
    )
    await outage(site, 'major_outage', '2026-11-10T08:00:00+05:30', '2026-11-10T09:00:00+05:30', young)
    expect(await dayOf(site, '2026-11-10', young)).toMatchObject({
      status: 'no_data',
      uptimeRatio: null,
      incidents: [],
    })
    expect(await dayOf(site, '2026-11-11', young)).toMatchObject({ status: 'operational', uptimeRatio: 1 })
  })

  test('of a component without a start date begins on the day it was made, in the page’s zone', async ({
    site,
  }) => {
    // Still the eleventh in UTC.
    site.clock.set('2026-11-12T00:30:00+05:30')
    const young = await site.as('administrator', (tx) => createComponent(tx, { name: 'Young' }))
    expect((await dayOf(site, '2026-11-11', young))?.status).toBe('no_data')
    expect((await dayOf(site, '2026-11-12', young))?.status).toBe('operational')
  })

  test('of a month weighs every day by its length', async ({ site }) => {
    await outage(site, 'major_outage', '2026-10-05T00:00:00+05:30', '2026-10-06T00:00:00+05:30')
    const page = await pageOf(site)
    expect(page?.months[1]?.uptimeRatio).toBeCloseTo(30 / 31, 12)
  })
})

describe('uptime in a zone with clock changes', () => {
  test.for([
    // An outage of an hour is a larger part of a short day.
    ['2026-03-29', 23, '2026-03-29T08:00:00Z', '2026-04-02T12:00:00Z'],
    ['2026-10-25', 25, '2026-10-25T08:00:00Z', '2026-11-02T12:00:00Z'],
    ['2026-10-26', 24, '2026-10-26T08:00:00Z', '2026-11-02T12:00:00Z'],
  ] as const)('takes %s in Berlin for %i hours', async ([date, hours, from, now], { site }) => {
    site.clock.set(now)
    await site.as('administrator', (tx) => updatePage(tx, { time_zone: 'Europe/Berlin' }))
    const start = Date.parse(from)
    await outage(site, 'major_outage', from, new Date(start + HOUR_SECONDS * 1_000).toISOString())
    const day = await dayOf(site, date)
    expect(day?.majorSeconds).toBe(HOUR_SECONDS)
    expect(day?.uptimeRatio).toBeCloseTo(1 - 1 / hours, 12)
  })

  test('loses all of a day of 25 hours to an outage that lasts through it', async ({ site }) => {
    site.clock.set('2026-11-02T12:00:00Z')
    await site.as('administrator', (tx) => updatePage(tx, { time_zone: 'Europe/Berlin' }))
    await outage(site, 'major_outage', '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z')
    expect(await dayOf(site, '2026-10-25')).toMatchObject({
      majorSeconds: DAY_SECONDS + HOUR_SECONDS,
      uptimeRatio: 0,
    })
  })
})

/** An outage that was written down afterwards. */
async function outage(
  site: Site,
  level: 'major_outage' | 'partial_outage' | 'degraded_performance',
  from: string,
  until: string,
  component = site.components.api,
): Promise<void> {
  const id = await site.as('responder', (tx) =>
    openIncident(tx, {
      name: 'Down',
      body: 'Down.',
      display_at: Date.parse(from),
      components: { [component]: level },
    }),
  )
  await site.as('responder', (tx) =>
    postIncidentUpdate(tx, id, { status: 'resolved', body: 'Up.', display_at: Date.parse(until) }),
  )
}

async function dayOf(site: Site, date: string, component = site.components.api): Promise<DayBar | undefined> {
  const page = await pageOf(site, component)
  return page?.months.flatMap((month) => month.days).find((day) => day.date === date)
}

function pageOf(site: Site, component = site.components.api) {
  return readComponentPage(site.ctx.read, component, { url: site.ctx.config.url, now: site.clock.now() })
}
