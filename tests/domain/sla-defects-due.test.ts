import { listPublicDefectsDue } from '../../src/domain/sla/record/deadlines.ts'
import { describe, expect, type Site, test } from '../support/site.ts'
import { confirmed, happen, judge } from './promised.ts'

describe('defects whose promises change by themselves', () => {
  test('are those with a deadline that nobody has met or missed yet', async ({ site }) => {
    const open = await confirmed(site, { key: 'OPEN' })
    const met = await confirmed(site, { key: 'MET' })
    await happen(site, met.id, { type: 'fixed' })
    const half = await confirmed(site, { key: 'HALF' })
    await happen(site, half.id, { type: 'workaround' })
    // As seen fit: what has no deadline never falls due.
    const low = await confirmed(site, { key: 'LOW', severity: 'low' })
    await happen(site, low.id, { type: 'fixed' })
    expect(await due(site)).toEqual([half.id, open.id].sort())
    site.clock.advance({ days: 30 })
    // Missed, and not on record yet: whoever reads computes it.
    expect(await due(site)).toEqual([half.id, open.id].sort())
    await judge(site)
    expect(await due(site)).toEqual([])
  })

  test('are those too whose fix did not hold', async ({ site }) => {
    const { id } = await confirmed(site)
    const fixed = await happen(site, id, { type: 'fixed' })
    expect(await due(site)).toEqual([])
    site.clock.advance({ hours: 1 })
    await happen(site, id, { type: 'withdrawn', event_id: fixed, note: 'It came back.' })
    expect(await due(site)).toEqual([id])
  })

  test('are none that only a customer may know of', async ({ site }) => {
    await confirmed(site, { customer: 'Harbour Mills' })
    expect(await due(site)).toEqual([])
  })
})

async function due(site: Site): Promise<string[]> {
  return (await listPublicDefectsDue(site.ctx.read)).map(({ id }) => id)
}
