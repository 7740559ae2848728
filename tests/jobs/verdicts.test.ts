import { getDefect, reportDefect } from '../../src/domain/defects/defects.ts'
import { confirmDefect } from '../../src/domain/sla/confirm-defect.ts'
import { listVerdicts, recordVerdicts } from '../../src/domain/sla/verdicts.ts'
import type { Tx } from '../../src/domain/tx.ts'
import { verdicts } from '../../src/jobs/verdicts.ts'
import { describe, expect, type Site, test } from '../support/site.ts'

describe('the job that records verdicts', () => {
  test('records a miss once its deadline has passed, and not before', async ({ site }) => {
    const id = await confirmedDefect(site, 'CHK-412')
    site.clock.set('2026-11-12T16:00:00+05:30')
    expect(await verdicts.runOne(site.ctx)).toBe(false)
    site.clock.set('2026-11-12T16:00:00.001+05:30')
    expect(await verdicts.runOne(site.ctx)).toBe(true)
    const recorded = await listVerdicts(site.ctx.read, [id])
    expect(recorded.map(({ goal, verdict }) => `${goal} ${verdict}`).sort()).toEqual([
      'response missed',
      'workaround missed',
    ])
    expect(await verdicts.runOne(site.ctx)).toBe(false)
  })

  test('reaches every defect, however many there are', async ({ site }) => {
    const ids: string[] = []
    for (let number = 0; number < 120; number += 1) ids.push(await confirmedDefect(site, `CHK-${number}`))
    site.clock.advance({ days: 30 })
    await verdicts.runOne(site.ctx)
    expect(await listVerdicts(site.ctx.read, ids)).toHaveLength(3 * ids.length)
  })

  test('writes nothing while there is nothing to record', async ({ site }) => {
    const id = await confirmedDefect(site, 'CHK-412')
    const defect = await getDefect(site.ctx.read, id)
    const recorded = await site.as('job', (tx) =>
      recordVerdicts({ ...tx, db: selectingOnly(tx.db) }, [defect]),
    )
    expect(recorded).toBe(0)
  })

  test('may run twice at once and records each verdict once', async ({ site }) => {
    const id = await confirmedDefect(site, 'CHK-412')
    const defect = await getDefect(site.ctx.read, id)
    site.clock.advance({ days: 30 })
    const judge = () => site.as('job', (tx) => recordVerdicts(tx, [defect]))
    expect((await Promise.all([judge(), judge(), judge()])).sort()).toEqual([0, 0, 3])
    expect(await listVerdicts(site.ctx.read, [id])).toHaveLength(3)
  })
})

function confirmedDefect(site: Site, key: string): Promise<string> {
  return site.as('responder', async (tx) => {
    const id = await reportDefect(tx, { key, title: 'Payments are lost', severity: 'critical' })
    await confirmDefect(tx, id)
    return id
  })
}

/** The same transaction, able to do nothing but select. */
function selectingOnly(db: Tx['db']): Tx['db'] {
  return new Proxy(db, {
    get(target, name) {
      if (name === 'updateTable' || name === 'insertInto') throw new Error('Something was written.')
      const member = Reflect.get(target, name, target)
      // Kysely's private fields are found on the transaction itself only.
      return typeof member === 'function' ? member.bind(target) : member
    },
  })
}
