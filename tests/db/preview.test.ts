import { getPage, updatePage } from '../../src/domain/page.ts'
import type { Actor, Reader, Tx } from '../../src/domain/tx.ts'
import { DomainError } from '../../src/errors.ts'
import { allRows } from '../support/all-rows.ts'
import { describe, expect, test } from '../support/site.ts'

const ACTOR: Actor = { kind: 'staff', id: 'responder', name: 'A responder' }

const rename = (name: string) => async (tx: Tx) => {
  await updatePage(tx, { name })
  return `it is called ${name}`
}
const nameOf = async (reader: Reader) => (await getPage(reader)).name

describe('a preview', () => {
  test('sees what a write would change, and keeps nothing of it', async ({ site }) => {
    const { ctx, clock } = site
    const untouched = await allRows(ctx.read)
    const seen = await ctx.preview(ACTOR, rename('Another page'), async (reader, written, now) => ({
      name: await nameOf(reader),
      others: await nameOf(ctx.read),
      told: written,
      now,
    }))
    const name = await nameOf(ctx.read)
    const written = 'it is called Another page'
    const always = { others: name, told: written, now: clock.now() }
    expect(seen).toEqual({ written, before: { name, ...always }, after: { name: 'Another page', ...always } })
    expect(await allRows(ctx.read)).toEqual(untouched)
  })

  test('fails as the write would, and the next write goes on', async ({ site }) => {
    const refused = new DomainError('conflict', 'Somebody else was first.')
    const refuse = async (tx: Tx) => {
      await updatePage(tx, { name: 'Half done' })
      throw refused
    }
    await expect(site.ctx.preview(ACTOR, refuse, nameOf)).rejects.toBe(refused)
    await site.ctx.write(ACTOR, rename('Whole'))
    expect(await nameOf(site.ctx.read)).toBe('Whole')
  })

  test('stands in the line of the writers', async ({ site }) => {
    const { ctx } = site
    const [, seen] = await Promise.all([
      ctx.write(ACTOR, rename('First')),
      ctx.preview(ACTOR, rename('Second'), nameOf),
      ctx.write(ACTOR, rename('Third')),
    ])
    expect(seen).toMatchObject({ before: 'First', after: 'Second' })
    expect(await nameOf(ctx.read)).toBe('Third')
  })
})
