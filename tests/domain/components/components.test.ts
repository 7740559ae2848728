import {
  createComponentGroup,
  deleteComponentGroup,
  listComponentGroups,
  updateComponentGroup,
} from '../../../src/domain/components/component-groups.ts'
import {
  archiveComponent,
  createComponent,
  getComponent,
  listComponents,
  restoreComponent,
  updateComponent,
} from '../../../src/domain/components/components.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { readHome } from '../../../src/domain/status-page/read-home.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { impactsOn, outcomesOf } from '../reading.ts'

describe('adding a component', () => {
  test('puts it last, or where it is asked to stand, after an older one in the same place', async ({
    site,
  }) => {
    site.clock.advance({ seconds: 1 })
    await site.as('administrator', (tx) => createComponent(tx, { name: 'Sign-in' }))
    await site.as('administrator', (tx) => createComponent(tx, { name: 'Website', position: 1 }))
    expect((await listComponents(site.ctx.read)).map(({ name }) => name)).toEqual([
      'API',
      'Website',
      'Checkout',
      'Reports',
      'Sign-in',
    ])
  })

  test('to a group that is not there is refused', async ({ site }) => {
    const adding = site.as('administrator', (tx) =>
      createComponent(tx, { name: 'Sign-in', group_id: 'nowhere' }),
    )
    await expect(adding).rejects.toMatchObject({ code: 'invalid', fields: [{ pointer: '/group_id' }] })
    expect(await listComponents(site.ctx.read)).toHaveLength(3)
  })
})

describe('changing a component', () => {
  test('leaves what is not given', async ({ site }) => {
    const { api } = site.components
    await site.as('administrator', (tx) => updateComponent(tx, api, { description: 'For programs.' }))
    await site.as('administrator', (tx) => updateComponent(tx, api, { showcase: false }))
    expect(await getComponent(site.ctx.read, api)).toMatchObject({
      name: 'API',
      description: 'For programs.',
      showcase: false,
      startOn: '2026-01-01',
    })
  })

  test('that is not there is not-found', async ({ site }) => {
    const changing = site.as('administrator', (tx) => updateComponent(tx, 'nowhere', { name: 'X' }))
    await expect(changing).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a group', () => {
  test('is as bad as its worst component, and those without one stand apart', async ({ site }) => {
    const { api, checkout } = site.components
    const group = await site.as('administrator', (tx) => createComponentGroup(tx, { name: 'Payments' }))
    await site.as('administrator', (tx) => updateComponent(tx, api, { group_id: group }))
    await site.as('administrator', (tx) => updateComponent(tx, checkout, { group_id: group }))
    await site.as('responder', (tx) =>
      openIncident(tx, { name: 'Trouble', body: 'Down.', components: { [checkout]: 'partial_outage' } }),
    )
    const sections = await sectionsOf(site)
    expect(sections).toContainEqual(['Payments', 'partial_outage', ['API', 'Checkout']])
    expect(sections).toContainEqual([null, 'operational', ['Reports']])
  })

  test('stands last, until it is moved before another', async ({ site }) => {
    const groups = async () => (await listComponentGroups(site.ctx.read)).map(({ name }) => name)
    const first = await site.as('administrator', (tx) => createComponentGroup(tx, { name: 'First' }))
    await site.as('administrator', (tx) => createComponentGroup(tx, { name: 'Second' }))
    expect(await groups()).toEqual(['First', 'Second'])
    await site.as('administrator', (tx) => updateComponentGroup(tx, first, { name: 'Now last', position: 3 }))
    expect(await groups()).toEqual(['Second', 'Now last'])
  })

  test('that is deleted leaves its components on the page', async ({ site }) => {
    const group = await site.as('administrator', (tx) => createComponentGroup(tx, { name: 'Payments' }))
    await site.as('administrator', (tx) => updateComponent(tx, site.components.api, { group_id: group }))
    await site.as('administrator', (tx) => deleteComponentGroup(tx, group))
    expect(await sectionsOf(site)).toEqual([[null, 'operational', ['API', 'Checkout', 'Reports']]])
    const again = site.as('administrator', (tx) => deleteComponentGroup(tx, group))
    await expect(again).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('archiving a component', () => {
  test('takes it off the page and keeps its past', async ({ site }) => {
    const { api } = site.components
    await site.as('responder', (tx) =>
      openIncident(tx, { name: 'Trouble', body: 'Down.', components: { [api]: 'major_outage' } }),
    )
    await site.as('administrator', (tx) => archiveComponent(tx, api))
    expect((await listComponents(site.ctx.read)).map(({ name }) => name)).toEqual(['Checkout', 'Reports'])
    expect(await listComponents(site.ctx.read, { archived: true })).toHaveLength(3)
    expect(await getComponent(site.ctx.read, api)).toMatchObject({ archivedAt: site.clock.now() })
    expect(await impactsOn(site, 'api')).toHaveLength(1)
  })

  test('by two administrators at once happens once', async ({ site }) => {
    const archive = () => site.as('administrator', (tx) => archiveComponent(tx, site.components.api))
    expect(await outcomesOf([archive(), archive()])).toEqual({ succeeded: 1, codes: ['not-found'] })
  })

  test('is undone where it stood, once', async ({ site }) => {
    const { api } = site.components
    await site.as('administrator', (tx) => archiveComponent(tx, api))
    const restore = (id: string) => site.as('administrator', (tx) => restoreComponent(tx, id))
    await restore(api)
    expect((await listComponents(site.ctx.read)).map(({ name }) => name)).toEqual([
      'API',
      'Checkout',
      'Reports',
    ])
    await expect(restore(api)).rejects.toMatchObject({ code: 'conflict' })
    await expect(restore('nowhere')).rejects.toMatchObject({ code: 'not-found' })
  })
})

test('a component that shows only when degraded appears with its trouble', async ({ site }) => {
  const { api } = site.components
  await site.as('administrator', (tx) => updateComponent(tx, api, { only_show_if_degraded: true }))
  expect(await sectionsOf(site)).toEqual([[null, 'operational', ['Checkout', 'Reports']]])
  await site.as('responder', (tx) =>
    openIncident(tx, { name: 'Slow', body: 'Slow.', components: { [api]: 'degraded_performance' } }),
  )
  expect(await sectionsOf(site)).toEqual([[null, 'degraded_performance', ['API', 'Checkout', 'Reports']]])
})

async function sectionsOf(site: Site) {
  const { components } = await readHome(site.ctx.read, { url: site.ctx.config.url, now: site.clock.now() })
  return components.sections.map(({ name, status, components }) => [
    name,
    status,
    components.map((it) => it.name),
  ])
}
