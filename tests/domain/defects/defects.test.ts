import { getDefect, listDefects, reportDefect } from '../../../src/domain/defects/defects.ts'
import { linkDefect, listLinkedDefects } from '../../../src/domain/defects/links.ts'
import { listEvents } from '../../../src/domain/events/list-events.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../../src/domain/incidents/post-update.ts'
import { editDefect } from '../../../src/domain/sla/course/edit-defect.ts'
import { recordDefectEvent } from '../../../src/domain/sla/course/record-defect-event.ts'
import { unlinkDefect } from '../../../src/domain/sla/course/unlink-defect.ts'
import { confirmDefect } from '../../../src/domain/sla/terms/confirm-defect.ts'
import { readIncidentPage } from '../../../src/domain/status-page/read-incident-page.ts'
import { readSla } from '../../../src/domain/status-page/read-sla.ts'
import { settle } from '../../../src/jobs/settle.ts'
import { HOUR_MS } from '../../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { eventsOf, outcomesOf } from '../reading.ts'

describe('reporting a defect', () => {
  test('starts no clock', async ({ site }) => {
    const id = await report(site)
    expect(await getDefect(site.ctx.read, id)).toMatchObject({
      key: 'CHK-412',
      confirmedAt: null,
      reportedAt: site.clock.now(),
    })
  })

  test('in the future is refused', async ({ site }) => {
    await expect(report(site, { reported_at: site.clock.now() + 1 })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/reported_at' }],
    })
  })

  test('as the return of one needs a fix of that which held', async ({ site }) => {
    const id = await report(site)
    const happen = (event: Parameters<typeof recordDefectEvent>[2]) =>
      site.as('responder', (tx) => recordDefectEvent(tx, id, event))
    const refused = { code: 'invalid', fields: [{ pointer: '/follows' }] }
    await expect(report(site, { key: 'CHK-413', follows: id })).rejects.toMatchObject(refused)
    await site.as('responder', (tx) => confirmDefect(tx, id))
    await happen({ type: 'fixed' })
    await happen({ type: 'withdrawn', note: 'It came back.' })
    await expect(report(site, { key: 'CHK-413', follows: id })).rejects.toMatchObject(refused)
    await happen({ type: 'fixed' })
    const again = await report(site, { key: 'CHK-413', follows: id })
    expect((await getDefect(site.ctx.read, again)).followsId).toBe(id)
  })

  test('under a key that is taken is a conflict that names the other', async ({ site }) => {
    const id = await report(site)
    await expect(report(site)).rejects.toMatchObject({ code: 'conflict', current: { id } })
  })

  test('twice at once files it once', async ({ site }) => {
    expect(await outcomesOf([report(site), report(site)])).toEqual({ succeeded: 1, codes: ['conflict'] })
    expect(await listDefects(site.ctx.read)).toHaveLength(1)
  })
})

describe('confirming a defect', () => {
  test('may be said to have happened earlier, not before the report and not in the future', async ({
    site,
  }) => {
    const reportedAt = site.clock.now() - HOUR_MS
    const id = await report(site, { reported_at: reportedAt })
    const confirm = (at: number) => site.as('responder', (tx) => confirmDefect(tx, id, at))
    await expect(confirm(reportedAt - 1)).rejects.toMatchObject({ code: 'invalid' })
    await expect(confirm(site.clock.now() + 1)).rejects.toMatchObject({ code: 'invalid' })
    await confirm(reportedAt)
    expect((await getDefect(site.ctx.read, id)).confirmedAt).toBe(reportedAt)
  })

  test('by two specialists at once starts its clocks once', async ({ site }) => {
    const id = await report(site)
    const confirm = () => site.as('responder', (tx) => confirmDefect(tx, id))
    expect(await outcomesOf([confirm(), confirm()])).toEqual({ succeeded: 1, codes: ['conflict'] })
  })
})

describe('linking a defect', () => {
  test('twice, also at once, changes nothing the second time', async ({ site }) => {
    const id = await report(site)
    const incidentId = await openTrouble(site)
    const link = () => site.as('responder', (tx) => linkDefect(tx, incidentId, id))
    expect((await outcomesOf([link(), link()])).succeeded).toBe(2)
    expect(await eventsOf(site, id)).toEqual(['defect.reported', 'defect.linked'])
  })

  test('to several incidents, and several to one, is possible', async ({ site }) => {
    const [first, second] = [await report(site), await report(site, { key: 'CHK-413' })]
    const [one, other] = [await openTrouble(site), await openTrouble(site)]
    for (const [incidentId, id] of [
      [one, first],
      [one, second],
      [other, first],
    ] as const) {
      site.clock.advance({ seconds: 1 })
      await site.as('responder', (tx) => linkDefect(tx, incidentId, id))
    }
    const linked = await listLinkedDefects(site.ctx.read, [one, other])
    expect(linked.get(one)?.map(({ key }) => key)).toEqual(['CHK-412', 'CHK-413'])
    expect(linked.get(other)?.map(({ key }) => key)).toEqual(['CHK-412'])
  })

  test('is undone once', async ({ site }) => {
    const id = await report(site)
    const incidentId = await openTrouble(site)
    await site.as('responder', (tx) => linkDefect(tx, incidentId, id))
    const unlink = () => site.as('responder', (tx) => unlinkDefect(tx, incidentId, id))
    await unlink()
    await expect(unlink()).rejects.toMatchObject({ code: 'not-found' })
  })

  test('of what is not there is not-found', async ({ site }) => {
    const id = await report(site)
    const incidentId = await openTrouble(site)
    await expect(site.as('responder', (tx) => linkDefect(tx, 'nowhere', id))).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(site.as('responder', (tx) => linkDefect(tx, incidentId, 'nowhere'))).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('a defect that is not public', () => {
  test('shows neither at its incident nor among the commitments, until it is made public', async ({
    site,
  }) => {
    const id = await report(site, { public: false })
    const incidentId = await openTrouble(site)
    await site.as('responder', async (tx) => {
      await confirmDefect(tx, id)
      await linkDefect(tx, incidentId, id)
    })
    expect(await publicText(site, incidentId)).not.toContain('CHK-412')
    await site.as('administrator', (tx) => editDefect(tx, id, { public: true }))
    expect(await publicText(site, incidentId)).toContain('CHK-412')
  })
})

describe('a defect that is public', () => {
  test('can be taken off the page until a promise is at risk or judged, and not afterwards', async ({
    site,
  }) => {
    const id = await report(site)
    const show = (isPublic: boolean) =>
      site.as('administrator', (tx) => editDefect(tx, id, { public: isPublic }))
    await show(false)
    await show(true)
    await site.as('responder', (tx) => confirmDefect(tx, id))
    site.clock.advance({ minutes: 179 })
    await show(false)
    await show(true)
    site.clock.advance({ minutes: 1 })
    await expect(show(false)).rejects.toMatchObject({
      code: 'conflict',
      current: {
        goals: [
          { goal: 'response', verdict: 'at_risk' },
          { goal: 'workaround', verdict: 'at_risk' },
        ],
      },
    })
    await site.as('responder', (tx) => recordDefectEvent(tx, id, { type: 'fixed' }))
    await expect(show(false)).rejects.toMatchObject({ code: 'conflict' })
    expect((await getDefect(site.ctx.read, id)).public).toBe(true)
    await site.as('administrator', (tx) => editDefect(tx, id, { title: 'Some payments are lost' }))
  })

  test('stays public when what was at risk is not any more', async ({ site }) => {
    const id = await report(site)
    await site.as('responder', (tx) => confirmDefect(tx, id))
    site.clock.advance({ minutes: 200 })
    await settle.runOne(site.ctx)
    const lowered = {
      type: 'severity_changed',
      severity: 'low',
      change: 'lowered',
      note: 'One report.',
    } as const
    await site.as('responder', (tx) => recordDefectEvent(tx, id, lowered))
    await expect(
      site.as('administrator', (tx) => editDefect(tx, id, { public: false })),
    ).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('correcting a defect', () => {
  test('in severity and in whom it concerns is possible until it is confirmed', async ({ site }) => {
    const id = await report(site)
    const edit = (changes: Parameters<typeof editDefect>[2]) =>
      site.as('administrator', (tx) => editDefect(tx, id, changes))
    await edit({ severity: 'low', title: 'Payments get lost' })
    expect(await getDefect(site.ctx.read, id)).toMatchObject({ severity: 'low', public: true })
    expect((await listEvents(site.ctx.read, { limit: 1, subjectId: id }))[0]).toMatchObject({
      before: { severity: 'critical' },
      after: { severity: 'low', title: 'Payments get lost' },
    })

    await expect(edit({ customer: 'Harbour Mills', public: true })).rejects.toMatchObject({ code: 'invalid' })
    await edit({ customer: 'Harbour Mills' })
    expect(await getDefect(site.ctx.read, id)).toMatchObject({ customer: 'Harbour Mills', public: false })
    expect((await listEvents(site.ctx.read, { limit: 1, subjectId: id }))[0]).toMatchObject({
      before: null,
      after: { changed: ['customer', 'public'] },
    })

    await site.as('responder', (tx) => confirmDefect(tx, id))
    await expect(edit({ severity: 'critical', customer: null })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('severity_changed'),
      fields: [{ pointer: '/severity' }, { pointer: '/customer' }],
    })
    // What says again how it is corrects nothing.
    await edit({ severity: 'low', customer: 'Harbour Mills', title: 'Payments get lost twice' })
    expect((await getDefect(site.ctx.read, id)).title).toBe('Payments get lost twice')
  })
})

describe('recording what happened to a defect', () => {
  test.for<[what: string, event: (now: number) => Parameters<typeof recordDefectEvent>[2], pointer: string]>([
    ['before its confirmation', (now) => ({ type: 'responded', at: now - HOUR_MS }), '/at'],
    ['in the future', (now) => ({ type: 'fixed', at: now + 1 }), '/at'],
    [
      'as deferred at a time before it was told',
      (now) => ({ type: 'deferred', at: now - 1, note: 'We need a new library.' }),
      '/at',
    ],
    ['as deferred without the message', () => ({ type: 'deferred', until: '2026-12-02' }), '/note'],
    [
      'with an update of no linked incident',
      () => ({ type: 'fixed', incident_update_id: 'x' }),
      '/incident_update_id',
    ],
    [
      'as deferred by an update of no linked incident',
      () => ({ type: 'deferred', note: 'We need a new library.', incident_update_id: 'x' }),
      '/incident_update_id',
    ],
    ['as fixed in a release that is not there', () => ({ type: 'fixed', release_id: 'x' }), '/release_id'],
    ['as worked around by a release', () => ({ type: 'workaround', release_id: 'x' }), '/release_id'],
  ])('%s is refused', async ([, event, pointer], { site }) => {
    const id = await report(site)
    await site.as('responder', (tx) => confirmDefect(tx, id))
    const recording = site.as('responder', (tx) => recordDefectEvent(tx, id, event(site.clock.now())))
    await expect(recording).rejects.toMatchObject({ code: 'invalid', fields: [{ pointer }] })
    expect(await eventsOf(site, id)).not.toContain('defect.event')
  })

  test('by an update counts from when that was really posted; only a fix may be older than its telling', async ({
    site,
  }) => {
    const id = await report(site)
    await site.as('responder', (tx) => confirmDefect(tx, id))
    const incidentId = await openTrouble(site)
    await site.as('responder', (tx) => linkDefect(tx, incidentId, id))
    site.clock.advance({ hours: 2 })
    const updateId = await site.as('responder', (tx) =>
      postIncidentUpdate(tx, incidentId, { status: 'monitoring', body: 'There is a way around it.' }),
    )
    const record = (type: 'responded' | 'workaround' | 'fixed') =>
      site.as('responder', (tx) =>
        recordDefectEvent(tx, id, {
          type,
          at: site.clock.now() - HOUR_MS,
          incident_update_id: updateId,
        }),
      )
    for (const type of ['responded', 'workaround'] as const) {
      await expect(record(type)).rejects.toMatchObject({ code: 'invalid', fields: [{ pointer: '/at' }] })
    }
    await expect(record('fixed')).resolves.toBeTruthy()
  })

  test('that nobody has confirmed is refused', async ({ site }) => {
    const id = await report(site)
    const recording = site.as('responder', (tx) => recordDefectEvent(tx, id, { type: 'fixed' }))
    await expect(recording).rejects.toMatchObject({ code: 'invalid', fields: [{ pointer: '/type' }] })
  })
})

function report(
  site: Site,
  more: { key?: string; public?: boolean; reported_at?: number; follows?: string } = {},
): Promise<string> {
  return site.as('responder', (tx) =>
    reportDefect(tx, { key: 'CHK-412', title: 'Payments are lost', severity: 'critical', ...more }),
  )
}

function openTrouble(site: Site): Promise<string> {
  return site.as('responder', (tx) => openIncident(tx, { name: 'Trouble', body: 'We are looking.' }))
}

/** What anybody can read about an incident and about the commitments. */
async function publicText(site: Site, incidentId: string): Promise<string> {
  const viewpoint = { url: site.ctx.config.url, now: site.clock.now() }
  const incident = await readIncidentPage(site.ctx.read, incidentId, viewpoint)
  return JSON.stringify([incident, await readSla(site.ctx.read, viewpoint)])
}
