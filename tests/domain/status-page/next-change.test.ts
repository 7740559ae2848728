import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { updatePage } from '../../../src/domain/page.ts'
import { reviseCalendar } from '../../../src/domain/sla/terms/write-calendar.ts'
import { nextChangeAt } from '../../../src/domain/status-page/next-change.ts'
import { createWeb } from '../../../src/web.ts'
import { buildChangingWorld, CHANGING_START, endOutage, goOnHoliday } from '../../support/changing-world.ts'
import { addressesOf, publicRoutes } from '../../support/public-routes.ts'
import { publicIds, type Write } from '../../support/public-world.ts'
import { describe, expect, test } from '../../support/site.ts'
import { goThroughChanges } from '../../support/through-changes.ts'

// The built site's pages are held to the same in tests/browser/next-change.test.ts.

describe('the next change', () => {
  test('comes before no document has changed, and with it some do', { timeout: 120_000 }, async ({
    site,
  }) => {
    site.clock.set(CHANGING_START)
    const write: Write = (work) => site.as('responder', work)
    const world = await buildChangingWorld(write)
    const web = createWeb(site.ctx)
    const page = { ...site, get: async (address: string) => web.request(address) }
    // Images are slow to draw and show what the pages say.
    const addresses = (more: string[] = []) =>
      publicRoutes(web)
        .filter((route) => !/\*|^\/api\/admin|^\/v1|^\/social/.test(route))
        .flatMap((route) =>
          addressesOf(route, {
            ids: [...publicIds(world), ...more],
            months: ['2026-11'],
            days: ['2026-11-12'],
          }),
        )

    const running = await goThroughChanges(page, addresses(), 1)
    await endOutage(write, world)
    const days = await goThroughChanges(page, addresses(), 8)
    const late = await goOnHoliday(write, site.clock)
    const holidays = await goThroughChanges(page, addresses([late]), 4)
    expect([running, days, holidays].flatMap(({ early }) => early)).toEqual([])
    const moved = [...running.moved, ...days.moved, ...holidays.moved]
    for (const address of ['/commitments.ics', '/history.rss', '/sla/record.csv', '/api/v2/incidents.json'])
      expect(moved).toContain(address)
  })

  test.for([
    ['at midnight in the zone of the terms', '2026-11-14T12:00:00+05:30', '2026-11-15T00:00:00+05:30'],
    ['at midnight in the page’s zone', '2026-11-14T03:00:00+05:30', '2026-11-14T00:00:00Z'],
    ['when the next Friday night is past', '2026-11-13T21:00:00+05:30', '2026-11-13T22:00:00.001+05:30'],
    ['when the day’s work is over', '2026-11-12T17:00:00+05:30', '2026-11-12T18:00:00+05:30'],
    ['when it begins', '2026-11-12T07:00:00+05:30', '2026-11-12T09:00:00+05:30'],
  ] as const)('comes %s', async ([, now, next], { site }) => {
    await site.as('administrator', async (tx) => {
      await updatePage(tx, { time_zone: 'UTC' })
      await reviseCalendar(tx, 'standard', { windows: [['09:00', '18:00']] })
    })
    site.clock.set(now)
    expect(await nextChangeAt(site.ctx.read, site.clock.now())).toBe(Date.parse(next))
  })

  test('comes with each whole minute of an outage, and not of what costs no uptime', async ({ site }) => {
    site.clock.set('2026-11-12T12:00:20+05:30')
    const begin = (level: 'degraded_performance' | 'partial_outage') =>
      site.as('responder', (tx) =>
        openIncident(tx, { name: level, body: 'Trouble.', components: { [site.components.api]: level } }),
      )
    const next = () => nextChangeAt(site.ctx.read, site.clock.now())
    await begin('degraded_performance')
    expect(await next()).toBe(Date.parse('2026-11-13T00:00:00+05:30'))
    await begin('partial_outage')
    expect(await next()).toBe(Date.parse('2026-11-12T12:01:00+05:30'))
    site.clock.set('2026-11-12T12:01:00+05:30')
    expect(await next()).toBe(Date.parse('2026-11-12T12:02:00+05:30'))
  })
})
