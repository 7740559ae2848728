import { readReleaseDesk, readReleaseList } from '../../../src/domain/console/read-releases.ts'
import { reportDefect } from '../../../src/domain/defects/defects.ts'
import { createRelease, updateRelease } from '../../../src/domain/defects/write-release.ts'
import { confirmDefect } from '../../../src/domain/sla/terms/confirm-defect.ts'
import { parseIso } from '../../../src/lib/instant.ts'
import { expect, type Site, test } from '../../support/site.ts'

const viewpointOf = (site: Site) => ({ url: 'https://status.example', now: site.clock.now(), isStaff: true })

test('each release is listed with the defects that wait for it', async ({ site }) => {
  const file = (key: string, severity: 'medium' | 'critical') =>
    site.as('responder', async (tx) => {
      const id = await reportDefect(tx, { key, title: 'Totals are wrong', severity })
      await confirmDefect(tx, id)
      return id
    })
  const read = async () => {
    const { planned, published, unplanned } = await readReleaseList(site.ctx.read, viewpointOf(site))
    const keys = (all: typeof unplanned) => all.map(({ defect }) => defect.key)
    return {
      planned: planned.map(({ release, waiting }) => [release.name, ...keys(waiting)]),
      published: published.map(({ name }) => name),
      unplanned: keys(unplanned),
    }
  }
  await file('CHK-1', 'medium')
  const critical = await file('CHK-2', 'critical')
  expect(await read()).toEqual({ planned: [], published: [], unplanned: ['CHK-1'] })

  const [first] = await site.as('responder', async (tx) => [
    await createRelease(tx, {
      name: '4.2',
      planned_at: parseIso('2026-11-20T06:30:00Z'),
      cut_off_at: parseIso('2026-11-13T06:30:00Z'),
    }),
    await createRelease(tx, { name: '4.3', planned_at: parseIso('2026-12-20T06:30:00Z') }),
    await createRelease(tx, { name: 'A hotfix', kind: 'hotfix' }),
  ])
  site.clock.set('2026-11-16T12:00:00+05:30')
  await file('CHK-3', 'medium')
  expect(await read()).toEqual({
    planned: [['4.2', 'CHK-1'], ['4.3', 'CHK-3'], ['A hotfix']],
    published: [],
    unplanned: [],
  })
  const desk = await readReleaseDesk(site.ctx.read, first, viewpointOf(site))
  expect(desk?.waiting.map(({ defect }) => defect.key)).toEqual(['CHK-1'])
  expect(desk?.others.map(({ defect }) => defect.id)).toContain(critical)

  site.clock.advance({ hours: 1 })
  await site.as('responder', (tx) => updateRelease(tx, first, { published_at: site.clock.now() }))
  expect(await read()).toMatchObject({ planned: [['4.3', 'CHK-3'], ['A hotfix']], published: ['4.2'] })
  expect(await readReleaseDesk(site.ctx.read, 'nosuchthing1', viewpointOf(site))).toBeUndefined()
})
