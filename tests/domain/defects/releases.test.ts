import { getRelease, listReleasePlans, listReleases } from '../../../src/domain/defects/releases.ts'
import { createRelease, updateRelease } from '../../../src/domain/defects/write-release.ts'
import { DAY_MS, toIso } from '../../../src/lib/instant.ts'
import { describe, expect, test } from '../../support/site.ts'
import { outcomesOf } from '../reading.ts'

describe('a release', () => {
  test('is planned, planned anew, and published', async ({ site }) => {
    const planned_at = site.clock.now() + 7 * DAY_MS
    const id = await site.as('administrator', (tx) => createRelease(tx, { name: '26.48', planned_at }))
    const move = (more: { reason?: string }) =>
      site.as('administrator', (tx) => updateRelease(tx, id, { planned_at: planned_at + DAY_MS, ...more }))
    // Promises that wait for it show why.
    await expect(move({})).rejects.toMatchObject({ code: 'invalid', fields: [{ pointer: '/reason' }] })
    await move({ reason: 'The tests take a day longer.' })
    expect(
      (await listReleasePlans(site.ctx.read)).map(({ plannedAt, reason }) => [plannedAt, reason]),
    ).toEqual([
      [planned_at, null],
      [planned_at + DAY_MS, 'The tests take a day longer.'],
    ])
    site.clock.advance({ days: 8 })
    await site.as('administrator', (tx) => updateRelease(tx, id, { published_at: site.clock.now() }))
    expect(await getRelease(site.ctx.read, id)).toMatchObject({
      kind: 'regular',
      plannedAt: planned_at + DAY_MS,
      publishedAt: site.clock.now(),
    })
  })

  test('is not published before its time', async ({ site }) => {
    const published_at = site.clock.now() + 1
    const creating = site.as('administrator', (tx) => createRelease(tx, { name: '26.48', published_at }))
    await expect(creating).rejects.toMatchObject({ code: 'invalid', fields: [{ pointer: '/published_at' }] })
  })

  test('that is published keeps its facts; its name may be corrected', async ({ site }) => {
    const published_at = site.clock.now()
    const id = await site.as('administrator', (tx) => createRelease(tx, { name: '26.48', published_at }))
    await site.as('administrator', (tx) => updateRelease(tx, id, { name: '26.48.1' }))
    const moving = site.as('administrator', (tx) => updateRelease(tx, id, { published_at: published_at - 1 }))
    await expect(moving).rejects.toMatchObject({
      code: 'conflict',
      current: { published_at: toIso(published_at) },
    })
    expect(await getRelease(site.ctx.read, id)).toMatchObject({ name: '26.48.1', publishedAt: published_at })
  })

  test('published by two people at once is published once', async ({ site }) => {
    const id = await site.as('administrator', (tx) => createRelease(tx, { name: '26.48' }))
    const publish = (published_at: number) =>
      site.as('administrator', (tx) => updateRelease(tx, id, { published_at }))
    const now = site.clock.now()
    expect(await outcomesOf([publish(now), publish(now - 1)])).toEqual({ succeeded: 1, codes: ['conflict'] })
  })

  test('has a name of its own, also when two are entered at once', async ({ site }) => {
    const create = (name: string) => site.as('administrator', (tx) => createRelease(tx, { name }))
    expect(await outcomesOf([create('26.48'), create('26.48')])).toEqual({
      succeeded: 1,
      codes: ['conflict'],
    })
    const other = await create('26.51')
    const renaming = site.as('administrator', (tx) => updateRelease(tx, other, { name: '26.48' }))
    await expect(renaming).rejects.toMatchObject({ code: 'conflict', fields: [{ pointer: '/name' }] })
    expect(await listReleases(site.ctx.read)).toHaveLength(2)
  })
})
