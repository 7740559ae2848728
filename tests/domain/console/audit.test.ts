import { updateComponent } from '../../../src/domain/components/components.ts'
import { auditVerb } from '../../../src/domain/console/audit-words.ts'
import { readAudit } from '../../../src/domain/console/read-audit.ts'
import { EVENT_TYPES } from '../../../src/domain/events/event-types.ts'
import { editIncident } from '../../../src/domain/incidents/edit-incident.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { savePostmortemDraft } from '../../../src/domain/incidents/postmortem-draft.ts'
import { createIncidentTemplate, deleteIncidentTemplate } from '../../../src/domain/incidents/templates.ts'
import { createContractLink } from '../../../src/domain/sla/terms/contract-links.ts'
import { reviseCalendar } from '../../../src/domain/sla/terms/write-calendar.ts'
import { createContract } from '../../../src/domain/sla/terms/write-contract.ts'
import { revisePolicy } from '../../../src/domain/sla/terms/write-policy.ts'
import { createInvitation, createSetUpLink, revokeInvitation } from '../../../src/domain/staff/invitations.ts'
import { signOut } from '../../../src/domain/staff/session-ends.ts'
import { startSession } from '../../../src/domain/staff/sessions.ts'
import { deactivateStaffMember } from '../../../src/domain/staff/staff.ts'
import type { Tx } from '../../../src/domain/tx.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { signIn } from '../../support/staff.ts'

describe('the audit trail', () => {
  test('says who did what to which thing, and what changed in it', async ({ site }) => {
    const id = await site.as('responder', (tx) =>
      openIncident(tx, { name: 'Payments fail', body: 'We look.' }),
    )
    site.clock.advance({ minutes: 1 })
    await site.as('administrator', (tx) => editIncident(tx, id, { name: 'Card payments fail' }))
    const [line] = (await trail(site)).lines
    expect(line?.event.actor.name).toBe('An administrator')
    expect(line?.subject).toEqual({ name: 'Card payments fail', path: `/admin/incidents/${id}` })
    expect(line?.changes).toEqual([{ field: 'name', before: 'Payments fail', after: 'Card payments fail' }])
  })

  test('names the incident whose postmortem is drafted', async ({ site }) => {
    const id = await site.as('responder', async (tx) => {
      const opened = await openIncident(tx, { name: 'Payments fail', status: 'resolved', body: 'Over.' })
      await savePostmortemDraft(tx, opened, { body: 'What we learned.' })
      return opened
    })
    const [line] = (await trail(site, { kind: 'postmortem_draft' })).lines
    expect(line?.subject).toEqual({ name: 'Payments fail', path: `/admin/incidents/${id}` })
    expect(auditVerb(line?.event.type ?? '')).toBe('saved a draft of the postmortem of')
  })

  test('tells a policy from a calendar of the same id, and names whom the set-up link is for', async ({
    site,
  }) => {
    await site.as('administrator', (tx) => revisePolicy(tx, 'standard', { name: 'For everybody' }))
    await site.as('administrator', (tx) => reviseCalendar(tx, 'standard', { name: 'Weekdays' }))
    await site.as('administrator', createSetUpLink)
    const { lines } = await trail(site)
    expect(lines.slice(0, 3).map(({ subject }) => subject)).toEqual([
      { name: 'the first administrator', path: null },
      { name: 'Weekdays', path: '/admin/sla/calendars/standard' },
      { name: 'For everybody', path: '/admin/sla/policies/standard' },
    ])
  })

  test('names what has no page of its own, or is gone', async ({ site }) => {
    await site.as('administrator', async (tx) => {
      const invited = await createInvitation(tx, { email: 'ron@ledgerlane.example', role: 'viewer' })
      await revokeInvitation(tx, invited.id)
      const contract = await createContract(tx, {
        name: 'Gold',
        customer: 'Harbour Mills',
        policy_id: 'standard',
      })
      await createContractLink(tx, contract, { name: 'Ms. Lee' })
      const template = await createIncidentTemplate(tx, {
        title: 'Slow',
        name: 'It is slow',
        body: 'We look.',
      })
      await deleteIncidentTemplate(tx, template)
    })
    const named = new Map((await trail(site)).lines.map(({ event, subject }) => [event.type, subject.name]))
    expect([
      named.get('invitation.revoked'),
      named.get('sla.contract_link_created'),
      named.get('incident_template.deleted'),
    ]).toEqual(['ron@ledgerlane.example', 'Gold, for Ms. Lee', 'Slow'])
  })

  test('tells of fields that changed, not of those that were said again', async ({ site }) => {
    const { api } = site.components
    const changes = { name: 'API', description: 'For programs.', start_date: '2026-02-01' }
    await site.as('administrator', (tx) => updateComponent(tx, api, changes))
    expect((await trail(site)).lines[0]?.changes).toEqual([
      { field: 'description', before: null, after: 'For programs.' },
      { field: 'start_date', before: '2026-01-01', after: '2026-02-01' },
    ])
  })

  test('is narrowed by who, by what about, by the thing and by days', async ({ site }) => {
    const id = await site.as('responder', (tx) =>
      openIncident(tx, { name: 'Payments fail', body: 'We look.' }),
    )
    site.clock.advance({ days: 1 })
    const until = site.clock.now()
    await site.as('administrator', (tx) => editIncident(tx, id, { name: 'Card payments fail' }))
    const types = async (filter: Parameters<typeof readAudit>[2]) =>
      (await trail(site, filter)).lines.map(({ event }) => event.type)
    expect(await types({ by: 'A responder' })).toEqual(['incident.opened'])
    expect(await types({ kind: 'incident' })).toEqual(['incident.edited', 'incident.opened'])
    expect(await types({ subjectId: id, until })).toEqual(['incident.opened'])
    expect(await types({ subjectId: id, from: until })).toEqual(['incident.edited'])
    // An underscore is a letter like others.
    expect(await types({ kind: 'component_group' })).toEqual([])
    expect((await types({ kind: 'component' })).every((type) => type === 'component.created')).toBe(true)
  })

  test('says how somebody came in, whose session was ended by whom, and leaves that out where asked to', async ({
    site,
  }) => {
    const write = <Result>(work: (tx: Tx) => Promise<Result>) => site.as('administrator', work)
    const { staffId, sessionId } = await signIn(write, 'viewer', { origin: site.ctx.config.url })
    const shown = { by: 'provider', secondStep: 'recovery_code', userAgent: null } as const
    await write(async (tx) => {
      await startSession(tx, staffId, shown)
      await signOut(tx, staffId, sessionId)
      await deactivateStaffMember(tx, staffId)
    })
    const { lines } = await trail(site, { kind: 'session' })
    expect(lines.map(({ event, subject }) => `${auditVerb(event.type)} ${subject.name}`)).toEqual([
      'ended a session of A viewer',
      'signed out ',
      'signed in by the provider, with a recovery code',
      'signed in by password',
    ])
    expect(lines.flatMap(({ changes }) => changes)).toEqual([])
    const changes = (await trail(site, { exceptKind: 'session' })).lines.map(({ event }) => event.type)
    expect(changes.slice(0, 3)).toEqual(['staff.deactivated', 'staff.joined', 'component.created'])
  })

  test('goes on page by page', async ({ site }) => {
    for (let number = 0; number < 60; number += 1) {
      await site.as('responder', (tx) => openIncident(tx, { name: `Incident ${number}`, body: 'We look.' }))
    }
    const first = await trail(site, { kind: 'incident' })
    const second = await trail(site, { kind: 'incident', below: first.next ?? 0 })
    expect([first.lines.length, second.lines.length, second.next]).toEqual([50, 10, null])
    expect(new Set([...first.lines, ...second.lines].map(({ event }) => event.id)).size).toBe(60)
  })

  test('has a verb for everything that can be recorded', () => {
    const verbs = EVENT_TYPES.map(auditVerb)
    expect(verbs.filter((verb) => /[._]/.test(verb))).toEqual([])
    expect(new Set(verbs).size).toBeGreaterThan(40)
  })
})

async function trail(site: Site, filter: Parameters<typeof readAudit>[2] = {}) {
  const viewpoint = { url: site.ctx.config.url, now: site.clock.now(), isStaff: true }
  return readAudit(site.ctx.read, viewpoint, filter)
}
