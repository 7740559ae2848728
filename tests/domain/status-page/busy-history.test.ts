import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { MOST_IN_MONTH, readHistory } from '../../../src/domain/status-page/read-history.ts'
import { readHistoryDay } from '../../../src/domain/status-page/read-history-day.ts'
import { readHome } from '../../../src/domain/status-page/read-home.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

describe('a busy month', () => {
  test('is told in full as long as somebody can read it, then as a list of days', async ({ site }) => {
    await begin(site, 2, '2026-09-30T23:59:00+05:30')
    await begin(site, 60, '2026-11-10T20:00:00+05:30')
    await begin(site, MOST_IN_MONTH - 60, '2026-11-12T00:00:00+05:30')
    const [november] = await months(site)
    expect(november?.isBusy === false && november.incidents.length).toBe(MOST_IN_MONTH)

    await begin(site, 1, '2026-11-12T00:00:00+05:30')
    const [busy, october, september] = await months(site)
    expect(busy).toEqual({
      month: '2026-11',
      isBusy: true,
      days: [
        { date: '2026-11-12', incidents: MOST_IN_MONTH - 59, maintenances: 0 },
        { date: '2026-11-10', incidents: 60, maintenances: 0 },
      ],
    })
    expect(october).toEqual({ month: '2026-10', isBusy: false, incidents: [], maintenances: [] })
    expect(september?.isBusy === false && september.incidents.length).toBe(2)
    // Each day is told at an address of its own, and what touched one component in full.
    expect((await dayOf(site, '2026-11-10'))?.incidents.length).toBe(60)
    const [ofComponent] = await months(site, site.components.api)
    expect(ofComponent?.isBusy === false && ofComponent.incidents.length).toBe(MOST_IN_MONTH + 1)
  })
})

describe('a day of the history', () => {
  test('is there from the first incident on until today', async ({ site }) => {
    await begin(site, 1, '2026-11-10T20:00:00+05:30')
    expect((await dayOf(site, '2026-11-10'))?.incidents.length).toBe(1)
    expect((await dayOf(site, '2026-11-12'))?.incidents).toEqual([])
    for (const date of ['2026-11-09', '2026-11-13', '2026-11-31', '2026-13-01', '2026-1-1', 'today', ''])
      expect([date, await dayOf(site, date)]).toEqual([date, undefined])
  })
})

test('a day knows the page of the history that has its month', async ({ site }) => {
  await begin(site, 1, '2024-01-31T20:00:00+05:30')
  for (const [date, number] of [
    ['2026-11-12', 1],
    ['2026-09-01', 1],
    ['2026-08-31', 2],
    ['2025-11-30', 5],
    ['2024-01-31', 12],
  ] as const) {
    const history = await readHistory(site.ctx.read, { number, componentId: null }, viewpointOf(site))
    expect([date, (await dayOf(site, date))?.number]).toEqual([date, number])
    expect(history?.months.map(({ month }) => month)).toContain(date.slice(0, 7))
  }
})

test('the home page tells the latest of a busy day, and how many more there are', async ({ site }) => {
  await begin(site, 3, '2026-11-11T10:00:00+05:30')
  await begin(site, 25, '2026-11-12T08:00:00+05:30')
  const home = await readHome(site.ctx.read, viewpointOf(site))
  expect(
    home.days.slice(0, 2).map(({ date, incidents, others }) => [date, incidents.length, others]),
  ).toEqual([
    ['2026-11-12', 10, 15],
    ['2026-11-11', 3, 0],
  ])
})

/** Incidents that begin at the same instant. */
async function begin(site: Site, count: number, at: string): Promise<void> {
  const now = Temporal.Instant.from(at).epochMilliseconds
  await site.as('responder', async (tx) => {
    for (let index = 0; index < count; index += 1) {
      const components = { [site.components.api]: 'degraded_performance' as const }
      await openIncident({ ...tx, now }, { name: `Trouble ${index}`, body: 'We see it.', components })
    }
  })
}

function viewpointOf(site: Site) {
  return { url: site.ctx.config.url, now: site.clock.now() }
}

async function months(site: Site, componentId: string | null = null) {
  const history = await readHistory(site.ctx.read, { number: 1, componentId }, viewpointOf(site))
  return history?.months ?? []
}

function dayOf(site: Site, date: string) {
  return readHistoryDay(site.ctx.read, date, viewpointOf(site))
}
