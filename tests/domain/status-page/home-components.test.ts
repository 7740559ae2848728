import { createComponentGroup } from '../../../src/domain/components/component-groups.ts'
import type { ImpactLevel } from '../../../src/domain/components/component-status.ts'
import { createComponent } from '../../../src/domain/components/components.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../../src/domain/incidents/post-update.ts'
import { MOST_AFFECTED, MOST_WITH_BARS } from '../../../src/domain/status-page/home-components.ts'
import { readHome } from '../../../src/domain/status-page/read-home.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

describe('the components on the home page', () => {
  test('stand there in full, with their bars, as long as somebody can take them in', async ({ site }) => {
    await addComponents(site, MOST_WITH_BARS - 3)
    const components = await componentsOf(site)
    if (components.areMany) throw new Error('They are not so many.')
    const views = components.sections.flatMap((section) => section.components)
    expect(views.length).toBe(MOST_WITH_BARS)
    expect(views.filter(({ bars }) => bars?.length !== 90)).toEqual([])
  })

  test('are names and states where there are more, and in full what does not work', async ({ site }) => {
    const added = await addComponents(site, MOST_WITH_BARS - 2)
    const { api, reports } = site.components
    await affect(site, { [reports]: 'degraded_performance', [added[7] ?? '']: 'major_outage' })
    await affect(site, { [api]: 'partial_outage' })
    const components = await manyOf(site)
    expect(components.sections.map(({ name, status }) => [name, status])).toEqual([
      [null, 'partial_outage'],
      ['Region', 'major_outage'],
    ])
    expect(components.sections[0]?.components).toEqual([
      { id: api, name: 'API', status: 'partial_outage' },
      { id: site.components.checkout, name: 'Checkout', status: 'operational' },
      { id: reports, name: 'Reports', status: 'degraded_performance' },
    ])
    expect(components.affected.map(({ name, groupName, status }) => [name, groupName, status])).toEqual([
      ['Part 7', 'Region', 'major_outage'],
      ['API', null, 'partial_outage'],
      ['Reports', null, 'degraded_performance'],
    ])
    expect(components.affected.map(({ bars }) => bars?.at(-1)?.status)).toEqual([
      'major_outage',
      'partial_outage',
      'degraded_performance',
    ])
  })

  test('are named with their state alone where more than that do not work', async ({ site }) => {
    const added = await addComponents(site, MOST_WITH_BARS)
    await affect(site, Object.fromEntries(added.map((id) => [id, 'partial_outage'])))
    const { affected, sections } = await manyOf(site)
    expect(affected.map(({ name }) => name)).toEqual(
      Array.from({ length: MOST_AFFECTED }, (_, index) => `Part ${index}`),
    )
    expect(sections[1]?.components.filter(({ status }) => status === 'partial_outage').length).toBe(
      MOST_WITH_BARS,
    )
  })

  test('that work again are in full no longer', async ({ site }) => {
    await addComponents(site, MOST_WITH_BARS)
    const id = await affect(site, { [site.components.api]: 'partial_outage' })
    site.clock.advance({ minutes: 5 })
    await site.as('responder', (tx) =>
      postIncidentUpdate(tx, id, { status: 'resolved', body: 'It works again.' }),
    )
    expect((await manyOf(site)).affected).toEqual([])
  })
})

/** Named "Part 0" and so on, in a group of their own. */
async function addComponents(site: Site, count: number): Promise<string[]> {
  return site.as('administrator', async (tx) => {
    const group_id = await createComponentGroup(tx, { name: 'Region', position: 10 })
    const ids: string[] = []
    for (let index = 0; index < count; index += 1) {
      ids.push(await createComponent(tx, { name: `Part ${index}`, group_id, start_date: '2026-01-01' }))
    }
    return ids
  })
}

function affect(site: Site, components: Record<string, ImpactLevel>) {
  return site.as('responder', (tx) =>
    openIncident(tx, { name: 'Trouble', body: 'We are looking into it.', components }),
  )
}

async function componentsOf(site: Site) {
  const home = await readHome(site.ctx.read, { url: site.ctx.config.url, now: site.clock.now() })
  return home.components
}

async function manyOf(site: Site) {
  const components = await componentsOf(site)
  if (!components.areMany) throw new Error('They are not so many.')
  return components
}
