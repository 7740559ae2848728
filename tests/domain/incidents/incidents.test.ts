import { listEvents } from '../../../src/domain/events/list-events.ts'
import { editIncident } from '../../../src/domain/incidents/edit-incident.ts'
import { INCIDENT_STATUSES, type IncidentStatus } from '../../../src/domain/incidents/incident.ts'
import {
  getIncident,
  listIncidents,
  listOpenIncidents,
} from '../../../src/domain/incidents/list-incidents.ts'
import { type NewIncident, openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../../src/domain/incidents/post-update.ts'
import { publishPostmortem } from '../../../src/domain/incidents/postmortem.ts'
import {
  discardPostmortemDraft,
  findPostmortemDraft,
  savePostmortemDraft,
} from '../../../src/domain/incidents/postmortem-draft.ts'
import { revertPostmortem } from '../../../src/domain/incidents/revert-postmortem.ts'
import { readIncidentViews } from '../../../src/domain/status-page/incident-views.ts'
import { readIncidentDocument } from '../../../src/domain/status-page/read-incident-documents.ts'
import { listUpdatesOf } from '../../../src/domain/updates/list-updates.ts'
import { MINUTE_MS, toIso } from '../../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { eventsOf, impactsOn, outcomesOf, statusOf } from '../reading.ts'

describe('an incident', () => {
  test.for(INCIDENT_STATUSES)('may begin as %s', async (status, { site }) => {
    const id = await open(site, { status })
    const incident = await getIncident(site.ctx.read, id)
    expect(incident.status).toBe(status)
    expect(incident.resolvedAt).toBe(status === 'resolved' ? site.clock.now() : null)
  })

  // Every pair but resolving what is resolved.
  const pairs = INCIDENT_STATUSES.flatMap((from) => INCIDENT_STATUSES.map((to) => [from, to] as const))
  test.for(pairs.filter(([from, to]) => from !== 'resolved' || to !== 'resolved'))(
    'may go from %s to %s',
    async ([from, to], { site }) => {
      const id = await open(site, { status: from })
      site.clock.advance({ minutes: 1 })
      await post(site, id, to)
      const incident = await getIncident(site.ctx.read, id)
      expect(incident.status).toBe(to)
      expect(incident.resolvedAt).toBe(to === 'resolved' ? site.clock.now() : null)
    },
  )

  test('that begins resolved leaves no component affected', async ({ site }) => {
    const { api } = site.components
    const opening = open(site, { status: 'resolved', components: { [api]: 'major_outage' } })
    await expect(opening).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: `/components/${api}` }],
    })
    await open(site, { status: 'resolved', components: { [api]: 'operational' } })
    expect(await impactsOn(site, 'api')).toEqual([])
  })

  test('shown to have begun earlier affects its components from then on', async ({ site }) => {
    const began = site.clock.now() - 25 * MINUTE_MS
    const id = await open(site, {
      display_at: began,
      components: { [site.components.api]: 'partial_outage' },
    })
    const incident = await getIncident(site.ctx.read, id)
    expect(incident.startedAt).toBe(began)
    expect(incident.createdAt).toBe(site.clock.now())
    expect(await impactsOn(site, 'api')).toEqual([['partial_outage', '2026-11-12T06:05:00Z', null]])
  })

  test('with an update from before its beginning begins with that update', async ({ site }) => {
    const id = await open(site, { status: 'identified' })
    const earlier = site.clock.now() - 30 * MINUTE_MS
    await post(site, id, 'investigating', { display_at: earlier })
    const incident = await getIncident(site.ctx.read, id)
    expect(incident).toMatchObject({ startedAt: earlier, status: 'identified' })
  })

  test('is not shown before its time', async ({ site }) => {
    const opening = open(site, { display_at: site.clock.now() + 1 })
    await expect(opening).rejects.toMatchObject({ code: 'invalid', fields: [{ pointer: '/display_at' }] })
    const id = await open(site)
    const posting = post(site, id, 'identified', { display_at: site.clock.now() + 1 })
    await expect(posting).rejects.toMatchObject({ code: 'invalid', fields: [{ pointer: '/display_at' }] })
    expect(await listUpdatesOf(site.ctx.read, { incidentId: id })).toHaveLength(1)
  })

  test('about a component that is not there is refused as a whole', async ({ site }) => {
    const opening = open(site, { components: { nowhere: 'major_outage' } })
    await expect(opening).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/components/nowhere' }],
    })
    expect(await listIncidents(site.ctx.read, {})).toEqual([])
  })

  test('that is over already is told from its beginning to its end', async ({ site }) => {
    const now = site.clock.now()
    const id = await open(site, {
      backfilled: true,
      components: { [site.components.api]: 'partial_outage' },
      display_at: now - 90 * MINUTE_MS,
      resolution: { body: 'It is over.', display_at: now - 30 * MINUTE_MS },
    })
    expect(await getIncident(site.ctx.read, id)).toMatchObject({
      status: 'resolved',
      startedAt: now - 90 * MINUTE_MS,
      resolvedAt: now - 30 * MINUTE_MS,
    })
    expect(await impactsOn(site, 'api')).toEqual([
      ['partial_outage', '2026-11-12T05:00:00Z', '2026-11-12T06:00:00Z'],
    ])
    const updates = await listUpdatesOf(site.ctx.read, { incidentId: id })
    expect(updates.map(({ status, deliverNotifications }) => [status, deliverNotifications])).toEqual([
      ['investigating', false],
      ['resolved', false],
    ])
  })

  test.for<[what: string, more: (now: number) => Partial<NewIncident>, pointer: string]>([
    [
      'ends before it begins',
      (now) => ({ display_at: now - 1, resolution: { body: 'Over.', display_at: now - 2 } }),
      '/resolution/display_at',
    ],
    ['ends twice', () => ({ status: 'resolved', resolution: { body: 'Over.' } }), '/resolution'],
    [
      'ends in the future',
      (now) => ({ resolution: { body: 'Over.', display_at: now + 1 } }),
      '/resolution/display_at',
    ],
  ])('that %s is refused', async ([, more, pointer], { site }) => {
    await expect(open(site, more(site.clock.now()))).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer }],
    })
  })

  test('that is backfilled notifies nobody, whatever is asked', async ({ site }) => {
    const id = await open(site, { backfilled: true, deliver_notifications: true, status: 'identified' })
    await post(site, id, 'resolved', { deliver_notifications: true })
    const updates = await listUpdatesOf(site.ctx.read, { incidentId: id })
    expect(updates.map((update) => update.deliverNotifications)).toEqual([false, false])
  })

  test('keeps the name that a component had when it was touched', async ({ site }) => {
    const id = await open(site, { components: { [site.components.api]: 'major_outage' } })
    const [update] = await listUpdatesOf(site.ctx.read, { incidentId: id })
    expect(update?.components).toEqual([
      { componentId: site.components.api, name: 'API', oldStatus: 'operational', newStatus: 'major_outage' },
    ])
  })
})

describe('resolving an incident', () => {
  test('lifts its impact from every component', async ({ site }) => {
    const { api, checkout } = site.components
    const id = await open(site, { components: { [api]: 'major_outage', [checkout]: 'degraded_performance' } })
    site.clock.advance({ minutes: 12 })
    await post(site, id, 'resolved')
    expect(await statusOf(site, 'api')).toBe('operational')
    expect(await statusOf(site, 'checkout')).toBe('operational')
    expect(await listOpenIncidents(site.ctx.read)).toEqual([])
  })

  test('twice is a conflict that tells the state', async ({ site }) => {
    const id = await open(site)
    site.clock.advance({ minutes: 5 })
    await post(site, id, 'resolved')
    const resolvedAt = site.clock.now()
    site.clock.advance({ minutes: 5 })
    await expect(post(site, id, 'resolved')).rejects.toMatchObject({
      code: 'conflict',
      current: { id, status: 'resolved', resolved_at: toIso(resolvedAt) },
    })
    expect(await listUpdatesOf(site.ctx.read, { incidentId: id })).toHaveLength(2)
  })

  test('by two responders at once announces it once', async ({ site }) => {
    const id = await open(site)
    site.clock.advance({ minutes: 5 })
    const attempts = await outcomesOf([post(site, id, 'resolved'), post(site, id, 'resolved')])
    expect(attempts).toEqual({ succeeded: 1, codes: ['conflict'] })
    expect(await listUpdatesOf(site.ctx.read, { incidentId: id })).toHaveLength(2)
    expect(await eventsOf(site, id)).toEqual(['incident.opened', 'incident.updated'])
  })

  test('a moment after another responder, by a clock that is a moment behind, is a conflict', async ({
    site,
  }) => {
    // A transaction takes its moment when it begins and may then wait for one that began later.
    const id = await open(site)
    site.clock.set('2026-11-12T12:05:00.004+05:30')
    await post(site, id, 'resolved')
    site.clock.set('2026-11-12T12:05:00.001+05:30')
    await expect(post(site, id, 'resolved')).rejects.toMatchObject({ code: 'conflict' })
  })

  test('may be said to have happened earlier than it was', async ({ site }) => {
    const id = await open(site, { components: { [site.components.api]: 'major_outage' } })
    site.clock.advance({ minutes: 30 })
    await post(site, id, 'resolved')
    await post(site, id, 'resolved', { display_at: site.clock.now() - 10 * MINUTE_MS })
    expect(await impactsOn(site, 'api')).toEqual([
      ['major_outage', '2026-11-12T06:30:00Z', '2026-11-12T06:50:00Z'],
    ])
  })
})

describe('reopening an incident', () => {
  test('is saying any other state; its components are then as it says', async ({ site }) => {
    const { api } = site.components
    const id = await open(site, { components: { [api]: 'major_outage' } })
    site.clock.advance({ minutes: 10 })
    await post(site, id, 'resolved')
    site.clock.advance({ minutes: 10 })
    await post(site, id, 'investigating', { components: { [api]: 'partial_outage' } })
    expect(await getIncident(site.ctx.read, id)).toMatchObject({ status: 'investigating', resolvedAt: null })
    expect(await impactsOn(site, 'api')).toEqual([
      ['major_outage', '2026-11-12T06:30:00Z', '2026-11-12T06:40:00Z'],
      ['partial_outage', '2026-11-12T06:50:00Z', null],
    ])
    site.clock.advance({ minutes: 10 })
    await post(site, id, 'resolved')
    expect(await statusOf(site, 'api')).toBe('operational')
  })
})

describe('the impact of an incident', () => {
  test.for([
    ['major_outage', 'critical'],
    ['partial_outage', 'major'],
    ['degraded_performance', 'minor'],
    ['under_maintenance', 'none'],
    ['operational', 'none'],
  ] as const)('follows from %s: %s', async ([level, impact], { site }) => {
    const id = await open(site, { components: { [site.components.api]: level } })
    site.clock.advance({ minutes: 1 })
    expect(await impactOf(site, id)).toBe(impact)
  })

  test('stays that of its worst moment after the end', async ({ site }) => {
    const { api } = site.components
    const id = await open(site, { components: { [api]: 'major_outage' } })
    site.clock.advance({ minutes: 5 })
    await post(site, id, 'monitoring', { components: { [api]: 'degraded_performance' } })
    site.clock.advance({ minutes: 5 })
    await post(site, id, 'resolved')
    expect(await impactOf(site, id)).toBe('critical')
  })

  test('is what a person says, until that is taken back', async ({ site }) => {
    const id = await open(site, {
      impact_override: 'none',
      components: { [site.components.api]: 'major_outage' },
    })
    expect(await impactOf(site, id)).toBe('none')
    await site.as('responder', (tx) => editIncident(tx, id, { impact_override: 'major' }))
    expect(await impactOf(site, id)).toBe('major')
    await site.as('responder', (tx) => editIncident(tx, id, { impact_override: null }))
    expect(await impactOf(site, id)).toBe('critical')
  })
})

describe('a postmortem', () => {
  test('is published once the incident is resolved', async ({ site }) => {
    const id = await open(site)
    const publish = (body: string) => site.as('responder', (tx) => publishPostmortem(tx, id, { body }))
    await expect(publish('What we learned.')).rejects.toMatchObject({ code: 'conflict' })
    await post(site, id, 'resolved')
    site.clock.advance({ days: 1 })
    const publishedAt = site.clock.now()
    await publish('What we learned.')
    site.clock.advance({ days: 1 })
    await publish('What we learned, without the typing error.')
    expect((await getIncident(site.ctx.read, id)).postmortem).toEqual({
      body: 'What we learned, without the typing error.',
      publishedAt,
    })
  })
})

describe('the draft of a postmortem', () => {
  test('takes the place of an earlier one, and shows nowhere and in no public time', async ({ site }) => {
    const id = await open(site)
    const view = { url: site.ctx.config.url, now: site.clock.now() }
    const before = await readIncidentDocument(site.ctx.read, id, view)
    site.clock.advance({ minutes: 5 })
    await site.as('responder', (tx) => savePostmortemDraft(tx, id, { body: 'First thoughts.' }))
    await site.as('responder', (tx) => savePostmortemDraft(tx, id, { body: 'Second thoughts.' }))
    expect(await findPostmortemDraft(site.ctx.read, id)).toEqual({
      body: 'Second thoughts.',
      savedAt: site.clock.now(),
    })
    expect(await readIncidentDocument(site.ctx.read, id, view)).toEqual(before)
    const events = await listEvents(site.ctx.read, { limit: 100 })
    expect(JSON.stringify(events)).not.toContain('thoughts')
    await site.as('responder', (tx) => discardPostmortemDraft(tx, id))
    expect(await findPostmortemDraft(site.ctx.read, id)).toBeUndefined()
  })

  test('is what a postmortem becomes that is taken off the page, unless there is one', async ({ site }) => {
    const id = await open(site)
    await post(site, id, 'resolved')
    const revert = () => site.as('responder', (tx) => revertPostmortem(tx, id))
    const draft = async () => (await findPostmortemDraft(site.ctx.read, id))?.body
    await expect(revert()).rejects.toMatchObject({ code: 'conflict' })
    await site.as('responder', (tx) => publishPostmortem(tx, id, { body: 'What we learned.' }))
    await revert()
    expect((await getIncident(site.ctx.read, id)).postmortem).toBeNull()
    expect(await draft()).toBe('What we learned.')
    await site.as('responder', (tx) => publishPostmortem(tx, id, { body: 'Not this.' }))
    await revert()
    expect(await draft()).toBe('What we learned.')
  })
})

test('of an incident that is not there, everything is not-found', async ({ site }) => {
  await expect(post(site, 'nowhere', 'resolved')).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    site.as('responder', (tx) => editIncident(tx, 'nowhere', { name: 'X' })),
  ).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    site.as('responder', (tx) => publishPostmortem(tx, 'nowhere', { body: 'X' })),
  ).rejects.toMatchObject({ code: 'not-found' })
  await expect(
    site.as('responder', (tx) => savePostmortemDraft(tx, 'nowhere', { body: 'X' })),
  ).rejects.toMatchObject({ code: 'not-found' })
  await expect(site.as('responder', (tx) => discardPostmortemDraft(tx, 'nowhere'))).rejects.toMatchObject({
    code: 'not-found',
  })
})

function open(site: Site, more: Partial<NewIncident> = {}): Promise<string> {
  return site.as('responder', (tx) => openIncident(tx, { name: 'Trouble', body: 'We are looking.', ...more }))
}

function post(
  site: Site,
  id: string,
  status: IncidentStatus,
  more: { display_at?: number; deliver_notifications?: boolean; components?: NewIncident['components'] } = {},
): Promise<string> {
  return site.as('responder', (tx) => postIncidentUpdate(tx, id, { status, body: `Now ${status}.`, ...more }))
}

async function impactOf(site: Site, id: string) {
  const incident = await getIncident(site.ctx.read, id)
  const [view] = await readIncidentViews(site.ctx.read, [incident], {
    url: site.ctx.config.url,
    now: site.clock.now(),
  })
  return view?.impact
}
