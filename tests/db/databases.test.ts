import pg from 'pg'
import { describe, expect, inject } from 'vitest'
import { openContext } from '../../src/context.ts'
import { openDatabase } from '../../src/db/open.ts'
import { createComponent } from '../../src/domain/components/components.ts'
import { updatePage } from '../../src/domain/page.ts'
import { allRows } from '../support/all-rows.ts'
import { copyTemplate, test } from '../support/databases.ts'
import { testConfig } from '../support/test-config.ts'

describe('the database of a test', () => {
  test('has the rows of the template, whatever the test before has done', async ({ databases }) => {
    const untouched = await copyTemplate()
    const template = await rowsOf(untouched.url)
    await untouched.remove()
    for (let round = 0; round < 2; round += 1) {
      const { url, remove } = await databases.next()
      expect(await rowsOf(url)).toEqual(template)
      await spoil(url)
      expect(await rowsOf(url)).not.toEqual(template)
      await remove()
    }
  })

  if (inject('engine') === 'postgres')
    test('is nobody’s but this test’s, though the one before has not ended its transaction', async ({
      databases,
    }) => {
      const before = await databases.next()
      const client = new pg.Client({ connectionString: before.url })
      const ended: unknown[] = []
      client.on('error', (error) => ended.push(error))
      await client.connect()
      await client.query('begin; lock table page in access exclusive mode')
      await before.remove()
      await rowsOf((await databases.next()).url)
      expect(ended).toContainEqual(expect.objectContaining({ message: expect.stringContaining('terminat') }))
    })
})

async function rowsOf(url: string): Promise<Map<string, unknown[]>> {
  const { reader, close } = openDatabase(url)
  const rows = await allRows(reader)
  await close()
  return rows
}

/** Adds, changes and takes away. */
async function spoil(url: string): Promise<void> {
  const ctx = openContext(testConfig(url))
  await ctx.write({ kind: 'operator', id: null, name: 'a test' }, async (tx) => {
    await createComponent(tx, { name: 'Checkout' })
    await updatePage(tx, { name: 'Another page' })
    await tx.db.deleteFrom('sla_policy').execute()
  })
  await ctx.close()
}
