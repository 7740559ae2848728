import { readDefectDesk } from '../../../src/domain/console/read-defect-desk.ts'
import { readDefectFiling } from '../../../src/domain/console/read-defect-filing.ts'
import { type DefectFilter, readDefectList } from '../../../src/domain/console/read-defect-list.ts'
import { type NewDefect, reportDefect } from '../../../src/domain/defects/defects.ts'
import { linkDefect } from '../../../src/domain/defects/links.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { recordDefectEvent } from '../../../src/domain/sla/course/record-defect-event.ts'
import { confirmDefect } from '../../../src/domain/sla/terms/confirm-defect.ts'
import { createContract } from '../../../src/domain/sla/terms/write-contract.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

async function file(site: Site, defect: Partial<NewDefect> & { key: string }, confirm = true) {
  return site.as('responder', async (tx) => {
    const id = await reportDefect(tx, { title: 'Totals are wrong', severity: 'critical', ...defect })
    if (confirm) await confirmDefect(tx, id)
    return id
  })
}

const viewpointOf = (site: Site) => ({ url: 'https://status.example', now: site.clock.now(), isStaff: true })

describe('the list of defects', () => {
  test('is narrowed by how they stand, severity, whom they concern and words, the latest filed first', async ({
    site,
  }) => {
    const fixed = await file(site, { key: 'CHK-1' })
    await site.as('responder', (tx) => recordDefectEvent(tx, fixed, { type: 'fixed' }))
    site.clock.advance({ minutes: 1 })
    await file(site, { key: 'CHK-2', severity: 'low', title: 'The 100% of a logo' })
    site.clock.advance({ minutes: 1 })
    await file(site, { key: 'MER-3', customer: 'Harbour Mills', title: 'Orders vanish' })
    site.clock.advance({ hours: 5 })
    await file(site, { key: 'MER-4', plan: 'Gold' }, false)

    const keys = async (filter: DefectFilter, below?: string) =>
      (await readDefectList(site.ctx.read, viewpointOf(site), filter, below)).defects.map(
        ({ defect }) => defect.key,
      )
    expect(await keys({})).toEqual(['MER-4', 'MER-3', 'CHK-2', 'CHK-1'])
    expect(await keys({}, fixed)).toEqual([])
    expect(await keys({ standing: 'fixed' })).toEqual(['CHK-1'])
    expect(await keys({ standing: 'open' })).toEqual(['MER-4', 'MER-3', 'CHK-2'])
    expect(await keys({ standing: 'reported' })).toEqual(['MER-4'])
    expect(await keys({ standing: 'missed' })).toEqual(['MER-3'])
    expect(await keys({ standing: 'at_risk' })).toEqual([])
    expect(await keys({ severity: 'low' })).toEqual(['CHK-2'])
    expect(await keys({ of: { kind: 'plan', name: 'Gold' } })).toEqual(['MER-4'])
    expect(await keys({ text: 'mer-' })).toEqual(['MER-4', 'MER-3'])
    expect(await keys({ text: 'orders' })).toEqual(['MER-3'])
    expect(await keys({ text: '100%' })).toEqual(['CHK-2'])
    expect(await keys({ text: '_' })).toEqual([])
    expect(await keys({ standing: 'missed', text: 'logo' })).toEqual([])
  })

  test('goes on where it has ended', async ({ site }) => {
    await site.as('responder', async (tx) => {
      for (let number = 1; number <= 51; number += 1)
        await reportDefect(tx, { key: `A-${number}`, title: 'One of many', severity: 'low' })
    })
    const read = (below?: string) =>
      readDefectList(site.ctx.read, viewpointOf(site), { standing: 'open' }, below)
    const { defects, next } = await read()
    expect([defects.length, next]).toEqual([50, defects.at(-1)?.defect.id])
    const rest = await read(next ?? undefined)
    expect([rest.defects.length, rest.next]).toEqual([1, null])
  })
})

describe('what can be done with a defect', () => {
  test('follows from how it stands, the likely step first', async ({ site }) => {
    await site.as('administrator', (tx) =>
      createContract(tx, {
        name: 'Gold',
        customer: 'Harbour Mills',
        policy_id: 'standard',
        pausable_goals: ['fix'],
        valid_from: '2026-11-01',
      }),
    )
    const id = await file(site, { key: 'CHK-1', customer: 'Harbour Mills' }, false)
    const steps = async () => (await readDefectDesk(site.ctx.read, id, viewpointOf(site)))?.steps
    const happen = (event: Parameters<typeof recordDefectEvent>[2]) =>
      site.as('responder', (tx) => recordDefectEvent(tx, id, event))
    expect(await steps()).toEqual(['confirm', 'correct'])
    await site.as('responder', (tx) => confirmDefect(tx, id))
    const open = ['respond', 'workaround', 'fix', 'severity', 'defer', 'pause', 'correct']
    expect(await steps()).toEqual(open)
    await happen({ type: 'paused', note: 'Which orders?' })
    expect((await steps())?.[0]).toBe('resume')
    await happen({ type: 'resumed' })
    await happen({ type: 'workaround' })
    expect(await steps()).toEqual(['fix', 'severity', 'defer', 'pause', 'correct', 'withdraw'])
    await happen({ type: 'fixed' })
    expect(await steps()).toEqual(['correct', 'withdraw'])
  })

  test('of a public one includes who may see it', async ({ site }) => {
    const id = await file(site, { key: 'CHK-1' }, false)
    expect((await readDefectDesk(site.ctx.read, id, viewpointOf(site)))?.steps).toContain('hide')
    const hidden = await file(site, { key: 'CHK-2', public: false }, false)
    expect((await readDefectDesk(site.ctx.read, hidden, viewpointOf(site)))?.steps).toContain('publish')
  })
})

describe('the desk of a defect', () => {
  test('has what can tell that something is done, and what it can be linked to', async ({ site }) => {
    const id = await file(site, { key: 'CHK-1', customer: 'harbour mills' })
    const [linked, other] = await site.as('responder', async (tx) => [
      await openIncident(tx, { name: 'Slow', body: 'Looking.' }),
      await openIncident(tx, { name: 'Down', body: 'Looking as well.' }),
    ])
    await site.as('responder', (tx) => linkDefect(tx, linked, id))
    await site.as('administrator', (tx) =>
      createContract(tx, { name: 'Gold', customer: 'Harbour Mills', policy_id: 'standard' }),
    )
    const desk = await readDefectDesk(site.ctx.read, id, viewpointOf(site))
    expect(desk?.updates.map(({ body }) => body)).toEqual(['Looking.'])
    expect(desk?.linkable.map((incident) => incident.id)).toEqual([other])
    expect(desk?.near).toEqual([{ kind: 'customer', name: 'harbour mills', contracts: ['Harbour Mills'] }])
    expect(desk?.subjects.customer).toEqual(['harbour mills', 'Harbour Mills'])
    expect(await readDefectDesk(site.ctx.read, 'nosuchthing1', viewpointOf(site))).toBeUndefined()

    // Who only reads learns whom defects are about, and not with whom there are contracts.
    const reader = { ...viewpointOf(site), filesNoDefects: true }
    const looked = await readDefectDesk(site.ctx.read, id, reader)
    const { contracts, subjects } = await readDefectFiling(site.ctx.read, reader)
    expect([looked?.near, looked?.contracts.customer, contracts.customer]).toEqual([[], [], []])
    expect([looked?.subjects.customer, subjects.customer]).toEqual([['harbour mills'], ['harbour mills']])
    expect((await readDefectList(site.ctx.read, reader, {})).subjects.customer).toEqual(['harbour mills'])
  })
})
