import { createComponentGroup } from '../../../src/domain/components/component-groups.ts'
import { putInOrder, readComponentOrder } from '../../../src/domain/components/component-order.ts'
import { archiveComponent, getComponent, updateComponent } from '../../../src/domain/components/components.ts'
import { listEvents } from '../../../src/domain/events/list-events.ts'
import { readHome } from '../../../src/domain/status-page/read-home.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

describe('the order of components', () => {
  test('is that of the page, with those that stand alone between the groups', async ({ site }) => {
    const { api, checkout, reports } = site.components
    const { payments, tools } = await groupsOf(site)
    const before = await readComponentOrder(site.ctx.read)
    const orders = [
      [
        { group_id: payments, components: [checkout] },
        { group_id: null, components: [api] },
        { group_id: tools, components: [reports] },
      ],
      [
        { group_id: null, components: [reports, checkout] },
        { group_id: tools, components: [] },
        { group_id: payments, components: [api] },
      ],
      [
        { group_id: tools, components: [api, reports, checkout] },
        { group_id: payments, components: [] },
      ],
      before.sections,
    ]
    for (const sections of orders) {
      await site.as('administrator', (tx) => putInOrder(tx, { sections }))
      expect(await readComponentOrder(site.ctx.read)).toEqual({ sections })
      const shown = sections.filter(({ components }) => components.length > 0)
      expect(await shownOn(site)).toEqual(shown.map(({ group_id, components }) => [group_id, components]))
    }
  })

  test('is told in the audit log as far as it has changed', async ({ site }) => {
    const { api, checkout, reports } = site.components
    const { payments, tools } = await groupsOf(site)
    const sections = [
      { group_id: payments, components: [] },
      { group_id: tools, components: [] },
      { group_id: null, components: [api, reports, checkout] },
    ]
    const reorder = () => site.as('administrator', (tx) => putInOrder(tx, { sections }))
    await reorder()
    const told = async () => (await listEvents(site.ctx.read, { limit: 1 }))[0]
    const { version } = await site.ctx.read.selectFrom('page').select('version').executeTakeFirstOrThrow()
    await reorder()
    expect((await told())?.id).toBe(version)
    sections[2]?.components.reverse()
    await reorder()
    expect(await told()).toMatchObject({
      type: 'page.reordered',
      before: { order: ['API', 'Reports', 'Checkout'] },
      after: { order: ['Checkout', 'Reports', 'API'] },
    })
  })

  test('that names others than the page has, or one twice, is refused whole', async ({ site }) => {
    const { api, checkout, reports } = site.components
    const { payments, tools } = await groupsOf(site)
    const wrong = {
      'a component is missing': [[api, checkout], payments, tools],
      'a component is unknown': [[api, checkout, reports, 'nowhere'], payments, tools],
      'a component is named twice': [[api, checkout, checkout], payments, tools],
      'a group is missing': [[api, checkout, reports], payments],
      'a group is named twice': [[api, checkout, reports], payments, payments],
      'a group is unknown': [[api, checkout, reports], payments, 'nowhere'],
    } as Record<string, [string[], ...string[]]>
    const before = await readComponentOrder(site.ctx.read)
    for (const [name, [alone, ...groups]] of Object.entries(wrong)) {
      const sections = [
        { group_id: null, components: alone },
        ...groups.map((id) => ({ group_id: id, components: [] })),
      ]
      const reordering = site.as('administrator', (tx) => putInOrder(tx, { sections }))
      await expect(reordering, name).rejects.toMatchObject({ code: 'conflict' })
      expect(await readComponentOrder(site.ctx.read), name).toEqual(before)
    }
  })

  test('leaves what was taken off the page where it was', async ({ site }) => {
    const { api, checkout, reports } = site.components
    await site.as('administrator', (tx) => archiveComponent(tx, api))
    const archived = await getComponent(site.ctx.read, api)
    const sections = [{ group_id: null, components: [reports, checkout] }]
    await site.as('administrator', (tx) => putInOrder(tx, { sections }))
    expect(await readComponentOrder(site.ctx.read)).toEqual({ sections })
    expect(await getComponent(site.ctx.read, api)).toEqual(archived)
  })
})

async function groupsOf(site: Site) {
  return site.as('administrator', async (tx) => {
    const payments = await createComponentGroup(tx, { name: 'Payments' })
    const tools = await createComponentGroup(tx, { name: 'Tools' })
    // Two in the same place, as an import may leave them.
    await updateComponent(tx, site.components.checkout, { position: 3 })
    return { payments, tools }
  })
}

async function shownOn(site: Site) {
  const { components } = await readHome(site.ctx.read, { url: site.ctx.config.url, now: site.clock.now() })
  return components.sections.map((section) => [section.id, section.components.map(({ id }) => id)])
}
