import { getDefect, reportDefect } from '../../src/domain/defects/defects.ts'
import { linkDefect } from '../../src/domain/defects/links.ts'
import { listEvents } from '../../src/domain/events/list-events.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { updatePage } from '../../src/domain/page.ts'
import { recordDefectEvent } from '../../src/domain/sla/course/record-defect-event.ts'
import { readPromises } from '../../src/domain/sla/read-promises.ts'
import { settleDefects } from '../../src/domain/sla/record/settle.ts'
import { listVerdicts } from '../../src/domain/sla/record/verdicts.ts'
import { confirmDefect } from '../../src/domain/sla/terms/confirm-defect.ts'
import type { Tx } from '../../src/domain/tx.ts'
import { settle } from '../../src/jobs/settle.ts'
import { DAY_MS } from '../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../support/site.ts'

describe('the job that settles promises', () => {
  test('records a miss once its deadline has passed, and not before', async ({ site }) => {
    const id = await confirmedDefect(site, 'CHK-412')
    site.clock.set('2026-11-12T16:00:00+05:30')
    await settle.runOne(site.ctx)
    expect(await settle.runOne(site.ctx)).toBe(false)
    expect(await listVerdicts(site.ctx.read, [id])).toEqual([])
    site.clock.set('2026-11-12T16:00:00.001+05:30')
    expect(await settle.runOne(site.ctx)).toBe(true)
    const recorded = await listVerdicts(site.ctx.read, [id])
    expect(recorded.map(({ goal, verdict }) => `${goal} ${verdict}`).sort()).toEqual([
      'response missed',
      'workaround missed',
    ])
    expect(await settle.runOne(site.ctx)).toBe(false)
  })

  test('reaches every defect, however many there are', async ({ site }) => {
    const ids: string[] = []
    for (let number = 0; number < 120; number += 1) ids.push(await confirmedDefect(site, `CHK-${number}`))
    site.clock.advance({ days: 30 })
    await settle.runOne(site.ctx)
    expect(await listVerdicts(site.ctx.read, ids)).toHaveLength(3 * ids.length)
  })

  test('writes nothing while there is nothing to record', async ({ site }) => {
    const id = await confirmedDefect(site, 'CHK-412')
    const defect = await getDefect(site.ctx.read, id)
    const recorded = await site.as('job', (tx) =>
      settleDefects({ ...tx, db: selectingOnly(tx.db) }, [defect]),
    )
    expect(recorded).toBe(0)
  })

  test('may run twice at once and records everything once', async ({ site }) => {
    const id = await confirmedDefect(site, 'CHK-412')
    const defect = await getDefect(site.ctx.read, id)
    site.clock.advance({ days: 30 })
    const judge = () => site.as('job', (tx) => settleDefects(tx, [defect]))
    // Three verdicts, and for each goal that it was at risk and that it was missed.
    expect((await Promise.all([judge(), judge(), judge()])).sort()).toEqual([0, 0, 9])
    expect(await listVerdicts(site.ctx.read, [id])).toHaveLength(3)
  })
})

describe('what is announced of a goal', () => {
  test('is that it is at risk, and that it was missed, once each', async ({ site }) => {
    const id = await confirmedDefect(site, 'CHK-412')
    site.clock.set('2026-11-12T14:59:59.999+05:30')
    expect(await announcedOf(site, id)).toEqual([])
    site.clock.set('2026-11-12T15:00:00+05:30')
    expect(await announcedOf(site, id)).toEqual(['response at_risk', 'workaround at_risk'])
    site.clock.set('2026-11-12T16:00:05+05:30')
    expect((await announcedOf(site, id)).slice(2)).toEqual(['response missed', 'workaround missed'])
    site.clock.advance({ hours: 1 })
    expect(await announcedOf(site, id)).toHaveLength(4)
  })

  test('says that it is late when the jobs were off, and changes no verdict', async ({ site }) => {
    const id = await confirmedDefect(site, 'CHK-412')
    site.clock.advance({ days: 7 })
    const computed = await verdictsOf(site, id)
    const told = await announcedOf(site, id)
    expect(told.filter((it) => it.endsWith('missed late'))).toHaveLength(3)
    expect(told.filter((it) => it.endsWith('at_risk late'))).toHaveLength(3)
    expect(await verdictsOf(site, id)).toEqual(computed)
  })

  test('is nothing for a goal that was met while nobody looked', async ({ site }) => {
    const id = await confirmedDefect(site, 'CHK-412')
    site.clock.advance({ hours: 3, minutes: 30 })
    await site.as('responder', (tx) => recordDefectEvent(tx, id, { type: 'fixed' }))
    expect(await announcedOf(site, id)).toEqual([])
  })

  test('is nothing of what lies before the confirmation was written down', async ({ site }) => {
    const confirmedAt = site.clock.now() - 30 * DAY_MS
    const id = await site.as('responder', async (tx) => {
      const report = {
        key: 'CHK-1',
        title: 'Long ago',
        severity: 'critical',
        reported_at: confirmedAt,
      } as const
      const defectId = await reportDefect(tx, report)
      await confirmDefect(tx, defectId, confirmedAt)
      return defectId
    })
    expect(await announcedOf(site, id)).toEqual([])
    expect(await verdictsOf(site, id)).toEqual(['missed', 'missed', 'missed'])
  })

  test('is nothing of incidents that were told after the fact', async ({ site }) => {
    const id = await confirmedDefect(site, 'CHK-412')
    await site.as('responder', async (tx) => {
      const incident = {
        name: 'Long ago',
        body: 'It is over.',
        status: 'resolved',
        backfilled: true,
      } as const
      await linkDefect(tx, await openIncident(tx, incident), id)
    })
    site.clock.advance({ days: 7 })
    expect(await announcedOf(site, id)).toEqual([])
  })

  test('is nothing while commitments are off', async ({ site }) => {
    const id = await confirmedDefect(site, 'CHK-412')
    await site.as('administrator', (tx) => updatePage(tx, { commitments: 'off' }))
    site.clock.advance({ days: 7 })
    expect(await announcedOf(site, id)).toEqual([])
  })
})

/** What was announced after the job has run, in order: goal, kind, and whether it was late. */
async function announcedOf(site: Site, id: string): Promise<string[]> {
  while (await settle.runOne(site.ctx));
  const events = await listEvents(site.ctx.read, { limit: 100, subjectId: id })
  return events.reverse().flatMap(({ type, after }) => {
    const kind = /^sla\.goal_(at_risk|missed)$/.exec(type)?.[1]
    const { goal, late } = (after ?? {}) as { goal?: string; late?: boolean }
    return kind === undefined ? [] : [`${goal} ${kind}${late ? ' late' : ''}`]
  })
}

async function verdictsOf(site: Site, id: string): Promise<string[]> {
  const defect = await getDefect(site.ctx.read, id)
  const promises = await readPromises(site.ctx.read, [defect], site.clock.now())
  return promises.get(id)?.goals.map(({ state }) => state.verdict) ?? []
}

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
