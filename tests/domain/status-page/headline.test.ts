import { archiveComponent, createComponent } from '../../../src/domain/components/components.ts'
import { reportDefect } from '../../../src/domain/defects/defects.ts'
import { linkDefect } from '../../../src/domain/defects/links.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { confirmDefect } from '../../../src/domain/sla/terms/confirm-defect.ts'
import { readHome } from '../../../src/domain/status-page/read-home.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

async function headline(site: Site) {
  const view = await readHome(site.ctx.read, { url: site.ctx.config.url, now: site.clock.now() })
  return view.headline
}

function trouble(
  site: Site,
  name: string,
  components: Record<string, 'degraded_performance' | 'major_outage'>,
) {
  return site.as('responder', (tx) => openIncident(tx, { name, body: 'We are looking into it.', components }))
}

describe('the headline', () => {
  test('says that all is working', async ({ site }) => {
    expect(await headline(site)).toMatchObject({
      status: 'operational',
      sentence: 'All systems are working.',
      incident: null,
    })
  })

  test('claims nothing for a page without components', async ({ site }) => {
    await site.as('administrator', async (tx) => {
      for (const id of Object.values(site.components)) await archiveComponent(tx, id)
    })
    expect(await headline(site)).toMatchObject({ status: 'no_data', sentence: 'Nothing is monitored yet.' })
  })

  test('says that all is working where components show only when they do not', async ({ site }) => {
    await site.as('administrator', async (tx) => {
      for (const id of Object.values(site.components)) await archiveComponent(tx, id)
      await createComponent(tx, { name: 'Spare', only_show_if_degraded: true })
    })
    expect(await headline(site)).toMatchObject({ sentence: 'All systems are working.' })
  })

  test('is an open incident even when every component works', async ({ site }) => {
    await trouble(site, 'Some emails are late', {})
    expect(await headline(site)).toMatchObject({ status: 'operational', sentence: 'Some emails are late.' })
  })

  test('is the worst of several incidents, with the promise of it that is due first', async ({ site }) => {
    const { api, checkout } = site.components
    const worst = await trouble(site, 'The API is down', { [api]: 'major_outage' })
    site.clock.advance({ minutes: 5 })
    await trouble(site, 'Checkout is slow', { [checkout]: 'degraded_performance' })
    await site.as('responder', async (tx) => {
      const defect = await reportDefect(tx, { key: 'API-1', title: 'Threads run out', severity: 'high' })
      await confirmDefect(tx, defect)
      await linkDefect(tx, worst, defect)
    })
    expect(await headline(site)).toMatchObject({
      status: 'major_outage',
      sentence: 'The API is down.',
      nearestPromise: {
        goal: 'response',
        sentence: 'Response promised by Thursday 12 November, 16:05 IST.',
      },
    })
  })
})
