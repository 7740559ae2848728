import { listVerdicts } from '../../../src/domain/sla/record/verdicts.ts'
import { settle } from '../../../src/jobs/settle.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { type Client, type Json, writer } from './client.ts'

async function mediumDefect(api: Client, key = 'REP-7'): Promise<string> {
  const defect = {
    key,
    title: 'Totals are off by one',
    severity: 'medium',
    confirmed_at: '2026-11-12T06:30:00Z',
  }
  return (await api.post('/defects', { ...defect, reported_at: '2026-11-12T06:00:00Z' })).body.id
}

async function fixOf(api: Client, id: string): Promise<Json> {
  const { body } = await api.get(`/defects/${id}`)
  return body.sla.goals.find((goal: Json) => goal.goal === 'fix')
}

async function fixVerdicts(site: Site, id: string): Promise<string[]> {
  const verdicts = await listVerdicts(site.ctx.read, [id])
  return verdicts.filter(({ goal }) => goal === 'fix').map(({ verdict }) => verdict)
}

describe('publishing a release', () => {
  test('with the defects that it fixes meets what was promised for the next release', async ({ site }) => {
    const api = await writer(site)
    const defect = await mediumDefect(api)
    const release = await api.post('/releases', { name: '4.2', planned_at: '2026-11-20T06:00:00Z' })
    expect(await fixOf(api, defect)).toMatchObject({
      verdict: 'open',
      planned_at: '2026-11-20T06:00:00.000Z',
    })

    site.clock.set('2026-11-20T06:10:00Z')
    const path = `/releases/${release.body.id}`
    const publication = { published_at: '2026-11-20T06:00:00Z', fixes: [defect] }
    const published = await api.patch(path, publication)
    expect(published.status).toBe(200)
    expect(await fixOf(api, defect)).toMatchObject({
      verdict: 'met',
      completed_at: '2026-11-20T06:00:00.000Z',
    })
    expect(await fixVerdicts(site, defect)).toEqual(['met'])
  })

  test('without the fix misses the promise at that instant', async ({ site }) => {
    const api = await writer(site)
    const defect = await mediumDefect(api)
    site.clock.advance({ days: 1 })
    await api.post('/releases', { name: '4.2', published_at: '2026-11-13T06:00:00Z' })
    expect(await fixOf(api, defect)).toMatchObject({ verdict: 'missed' })
    expect(await fixVerdicts(site, defect)).toEqual(['missed'])
  })

  test('that came before the one by which a verdict was reached appends what follows from it', async ({
    site,
  }) => {
    const api = await writer(site)
    const defect = await mediumDefect(api)
    site.clock.advance({ days: 4 })
    await api.post(`/defects/${defect}/events`, { type: 'workaround' })
    await api.post('/releases', { name: '4.3', published_at: '2026-11-16T06:00:00Z', fixes: [defect] })
    expect(await fixVerdicts(site, defect)).toEqual(['met'])
    // Entered late: it was the next release, and came without the fix.
    await api.post('/releases', { name: '4.2', published_at: '2026-11-14T06:00:00Z' })
    expect(await fixOf(api, defect)).toMatchObject({ verdict: 'missed' })
    expect(await fixVerdicts(site, defect)).toEqual(['met', 'missed'])
  })

  test('and saying later what it fixed keeps the first verdict in the record, before the new one', async ({
    site,
  }) => {
    const api = await writer(site)
    const defect = await mediumDefect(api)
    site.clock.advance({ days: 1 })
    const release = await api.post('/releases', { name: '4.2', published_at: '2026-11-13T06:00:00Z' })
    site.clock.advance({ hours: 1 })
    const note = 'It is in the list of changes.'
    await api.post(`/defects/${defect}/events`, { type: 'fixed', release_id: release.body.id, note })
    expect(await fixOf(api, defect)).toMatchObject({ verdict: 'met' })
    expect(await fixVerdicts(site, defect)).toEqual(['missed', 'met'])
  })

  test('refuses a fix of what is not confirmed or not there, and publishes nothing then', async ({
    site,
  }) => {
    const api = await writer(site)
    const good = await mediumDefect(api)
    const reported = await api.post('/defects', { key: 'REP-8', title: 'Not looked at', severity: 'low' })
    for (const bad of [reported.body.id, 'nothing12345']) {
      const fixes = [good, bad]
      const answer = await api.post('/releases', { name: '4.2', published_at: '2026-11-12T06:30:00Z', fixes })
      expect(answer.status).toBe(422)
      expect(answer.body.errors).toMatchObject([{ pointer: '/fixes/1' }])
    }
    expect((await api.get('/releases')).body.items).toEqual([])
    expect(await fixVerdicts(site, good)).toEqual([])
  })

  test('of which there is none is not found, and a defect named twice is refused', async ({ site }) => {
    const api = await writer(site)
    const defect = await mediumDefect(api)
    expect((await api.patch('/releases/nothing12345', { fixes: [defect] })).status).toBe(404)
    const twice = { name: '4.2', published_at: '2026-11-12T06:30:00Z', fixes: [defect, defect] }
    expect(await api.post('/releases', twice)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/fixes' }] },
    })
  })

  test('never shows a promise as missed that it keeps, and never meets the job in a deadlock', async ({
    site,
  }) => {
    const api = await writer(site)
    const defects = await Promise.all(['A-1', 'A-2', 'A-3', 'A-4'].map((key) => mediumDefect(api, key)))
    site.clock.advance({ days: 30 })
    let isOver = false
    const seen = new Set<string>()
    const reader = (async () => {
      for (let times = 0; !isOver && times < 300; times += 1) {
        seen.add((await fixOf(api, defects[0] ?? '')).verdict)
      }
    })()
    const job = (async () => {
      while (!isOver) {
        await settle.runOne(site.ctx)
        await new Promise(setImmediate)
      }
    })()
    const published = { published_at: '2026-11-13T06:00:00Z', fixes: defects, reason: 'Entered late.' }
    const answers = await Promise.all(
      ['4.1', '4.2', '4.3'].map((name) => api.post('/releases', { ...published, name })),
    )
    isOver = true
    await Promise.all([reader, job])
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    expect([...seen]).not.toContain('missed')
    expect(await fixVerdicts(site, defects[0] ?? '')).toEqual(['met'])
  })

  test('that was out long ago says why what it fixes was shown as missed', async ({ site }) => {
    const api = await writer(site)
    const defect = await mediumDefect(api)
    site.clock.advance({ days: 30 })
    const late = { name: '4.2', published_at: '2026-11-13T06:00:00Z', fixes: [defect] }
    // Its workaround was due after three days.
    expect(await api.post('/releases', late)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/fixes/0' }] },
    })
    expect((await api.post('/releases', { ...late, reason: 'It was entered late.' })).status).toBe(201)
    const { body } = await api.get(`/defects/${defect}`)
    expect(body.sla.goals.map(({ verdict }: Json) => verdict)).toEqual(['missed', 'met', 'met'])
  })

  test('that comes before the one by which a promise was missed needs a reason, and the defect shows it', async ({
    site,
  }) => {
    const api = await writer(site)
    const defect = await mediumDefect(api)
    site.clock.advance({ days: 23 })
    await api.post('/releases', { name: '4.3', published_at: '2026-12-05T06:00:00Z' })
    expect(await fixOf(api, defect)).toMatchObject({ verdict: 'missed' })
    site.clock.advance({ days: 1 })
    const late = { name: '4.2', published_at: '2026-11-18T06:30:00Z' }
    expect(await api.post('/releases', late)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/reason' }] },
    })
    expect(await api.post('/releases', { ...late, fixes: [defect] })).toMatchObject({ status: 422 })
    expect((await api.post('/releases', { ...late, reason: 'It was forgotten.' })).status).toBe(201)
    const { body } = await api.get(`/defects/${defect}`)
    expect(body.sla.goals[2].verdict).toBe('missed')
    expect(body.sla.changes).toMatchObject([
      { kind: 'release_recorded_late', name: '4.2', is_judge: true, reason: 'It was forgotten.' },
    ])
  })

  test('before a confirmation that was recorded earlier needs a reason, which the defect shows', async ({
    site,
  }) => {
    const api = await writer(site)
    const { body: release } = await api.post('/releases', {
      name: '4.2',
      planned_at: '2026-11-20T06:00:00Z',
    })
    site.clock.advance({ hours: 1 })
    const defect = await mediumDefect(api)
    site.clock.advance({ minutes: 10 })
    const path = `/releases/${release.id}`
    const published_at = '2026-11-12T06:10:00Z'
    expect(await api.patch(path, { published_at })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/reason' }] },
    })
    expect((await api.patch(path, { published_at, reason: 'The pipeline told us late.' })).status).toBe(200)
    const { body } = await api.get(`/defects/${defect}`)
    expect(body.sla.goals[2]).toMatchObject({ verdict: 'open', planned_at: null })
    expect(body.sla.changes).toEqual([
      {
        kind: 'release_recorded_late',
        at: '2026-11-12T07:40:00.000Z',
        name: '4.2',
        published_at: '2026-11-12T06:10:00.000Z',
        is_judge: false,
        reason: 'The pipeline told us late.',
      },
    ])
  })

  test.for(['at once', 'after it was planned'])(
    'and entering it late %s keeps the reason, also where it takes no miss away',
    async (when, { site }) => {
      const api = await writer(site)
      const planned = await api.post('/releases', { name: '4.2', planned_at: '2026-11-20T06:00:00Z' })
      const defect = await mediumDefect(api)
      site.clock.advance({ days: 10 })
      const late = { published_at: '2026-11-20T06:30:00Z', reason: 'Nobody entered it that day.' }
      const { status } =
        when === 'at once'
          ? await api.post('/releases', { name: '4.2.1', ...late })
          : await api.patch(`/releases/${planned.body.id}`, late)
      expect(status).toBeLessThan(300)
      const { sla } = (await api.get(`/defects/${defect}`)).body
      expect(sla.goals[2]).toMatchObject({ verdict: 'missed' })
      expect(sla.changes).toMatchObject([
        { kind: 'release_recorded_late', is_judge: true, reason: 'Nobody entered it that day.' },
      ])
    },
  )

  test('that is only planned fixes nothing', async ({ site }) => {
    const api = await writer(site)
    const defect = await mediumDefect(api)
    const answer = await api.post('/releases', { name: '4.2', fixes: [defect] })
    expect([answer.status, answer.body.errors]).toMatchObject([422, [{ pointer: '/fixes/0' }]])
  })
})

describe('planning a release', () => {
  test('shows every plan that there was, and why it moved', async ({ site }) => {
    const api = await writer(site)
    const { body: release } = await api.post('/releases', { name: '4.2' })
    expect(release.plans).toEqual([])
    const path = `/releases/${release.id}`
    site.clock.advance({ minutes: 1 })
    // A first plan moves nothing.
    expect((await api.patch(path, { planned_at: '2026-11-20T06:30:00Z' })).status).toBe(200)
    site.clock.advance({ minutes: 1 })
    const changes = { planned_at: '2026-11-27T06:30:00Z', cut_off_at: '2026-11-25T06:30:00Z' }
    const unexplained = await api.patch(path, changes)
    expect([unexplained.status, unexplained.body.errors]).toMatchObject([422, [{ pointer: '/reason' }]])
    const moved = await api.patch(path, { ...changes, reason: 'Payments need another week.' })
    const plans = [
      {
        planned_at: '2026-11-20T06:30:00.000Z',
        cut_off_at: null,
        reason: null,
        at: '2026-11-12T06:31:00.000Z',
      },
      {
        planned_at: '2026-11-27T06:30:00.000Z',
        cut_off_at: '2026-11-25T06:30:00.000Z',
        reason: 'Payments need another week.',
        at: '2026-11-12T06:32:00.000Z',
      },
    ]
    expect(moved.body).toMatchObject({ planned_at: '2026-11-27T06:30:00.000Z', plans })
    const withdrawn = await api.patch(path, {
      planned_at: null,
      cut_off_at: null,
      reason: 'We do not know yet.',
    })
    expect(withdrawn.body.plans).toHaveLength(3)
    expect(withdrawn.body.plans[2]).toMatchObject({ planned_at: null, reason: 'We do not know yet.' })
    await api.post('/releases', { name: '4.3', planned_at: '2026-12-20T06:30:00Z' })
    const { items } = (await api.get('/releases')).body
    expect(items.map(({ plans }: Json) => plans.length)).toEqual([3, 1])
    expect(items[0]).toEqual((await api.get(path)).body)
  })
})
