import {
  createComponentGroup,
  deleteComponentGroup,
  updateComponentGroup,
} from '../../../src/domain/components/component-groups.ts'
import { putInOrder } from '../../../src/domain/components/component-order.ts'
import {
  archiveComponent,
  createComponent,
  restoreComponent,
  updateComponent,
} from '../../../src/domain/components/components.ts'
import { getDefect, reportDefect } from '../../../src/domain/defects/defects.ts'
import { linkDefect } from '../../../src/domain/defects/links.ts'
import { createRelease, updateRelease } from '../../../src/domain/defects/write-release.ts'
import { EVENT_TYPES, type EventType } from '../../../src/domain/events/event-types.ts'
import { listEvents } from '../../../src/domain/events/list-events.ts'
import { findNewestEvent } from '../../../src/domain/events/newest-event.ts'
import { editIncident } from '../../../src/domain/incidents/edit-incident.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { editIncidentUpdate, postIncidentUpdate } from '../../../src/domain/incidents/post-update.ts'
import { publishPostmortem } from '../../../src/domain/incidents/postmortem.ts'
import {
  discardPostmortemDraft,
  savePostmortemDraft,
} from '../../../src/domain/incidents/postmortem-draft.ts'
import { revertPostmortem } from '../../../src/domain/incidents/revert-postmortem.ts'
import {
  createIncidentTemplate,
  deleteIncidentTemplate,
  updateIncidentTemplate,
} from '../../../src/domain/incidents/templates.ts'
import { takeDueStep } from '../../../src/domain/maintenance/due-maintenance.ts'
import {
  cancelMaintenance,
  editMaintenanceUpdate,
  postMaintenanceUpdate,
} from '../../../src/domain/maintenance/post-update.ts'
import {
  editMaintenance,
  REMINDER_MS,
  scheduleMaintenance,
} from '../../../src/domain/maintenance/schedule-maintenance.ts'
import { adoptPageId, getPage, updatePage } from '../../../src/domain/page.ts'
import { editDefect } from '../../../src/domain/sla/course/edit-defect.ts'
import { recordDefectEvent } from '../../../src/domain/sla/course/record-defect-event.ts'
import { unlinkDefect } from '../../../src/domain/sla/course/unlink-defect.ts'
import { settleDefects } from '../../../src/domain/sla/record/settle.ts'
import {
  createSupportHours,
  deleteSupportHours,
  updateSupportHours,
} from '../../../src/domain/sla/support/support-hours.ts'
import { confirmDefect } from '../../../src/domain/sla/terms/confirm-defect.ts'
import { createContractLink, revokeContractLink } from '../../../src/domain/sla/terms/contract-links.ts'
import { STANDARD_POLICY } from '../../../src/domain/sla/terms/standard-terms.ts'
import { createCalendar, reviseCalendar } from '../../../src/domain/sla/terms/write-calendar.ts'
import { createContract, reviseContract } from '../../../src/domain/sla/terms/write-contract.ts'
import { createPolicy, revisePolicy } from '../../../src/domain/sla/terms/write-policy.ts'
import { addAuthenticator, removeAuthenticator } from '../../../src/domain/staff/authenticators.ts'
import {
  createInvitation,
  createPasswordLink,
  revokeInvitation,
} from '../../../src/domain/staff/invitations.ts'
import { changePassword } from '../../../src/domain/staff/passwords.ts'
import { makeRecoveryCodes, takeRecoveryCode } from '../../../src/domain/staff/recovery-codes.ts'
import { endSession, endSessionOfSecret, signOut } from '../../../src/domain/staff/session-ends.ts'
import { startSession } from '../../../src/domain/staff/sessions.ts'
import {
  addStaffMember,
  changeStaffMember,
  deactivateStaffMember,
  reactivateStaffMember,
} from '../../../src/domain/staff/staff.ts'
import { createToken, revokeToken } from '../../../src/domain/staff/tokens.ts'
import type { Tx } from '../../../src/domain/tx.ts'
import { listUpdatesOf } from '../../../src/domain/updates/list-updates.ts'
import { HOUR_MS } from '../../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

type Cast = Awaited<ReturnType<typeof setTheStage>>

/** Every verb of the domain, and what it leaves in the audit log. */
const VERBS: [verb: string, events: EventType[], act: (tx: Tx, cast: Cast) => Promise<unknown>][] = [
  ['updatePage', ['page.updated'], (tx) => updatePage(tx, { name: 'Ledger Lane status' })],
  ['adoptPageId', ['page.updated'], (tx) => adoptPageId(tx, 'ledgerlane01')],
  [
    'addStaffMember and what happens to one',
    ['staff.joined', 'staff.updated', 'staff.deactivated', 'staff.reactivated'],
    async (tx) => {
      const id = await addStaffMember(tx, { name: 'Ron', email: 'ron@ledgerlane.example', role: 'viewer' })
      await changeStaffMember(tx, id, { role: 'responder' })
      await deactivateStaffMember(tx, id)
      await reactivateStaffMember(tx, id)
    },
  ],
  [
    'what somebody signs in with',
    [
      'staff.joined',
      'staff.password_changed',
      'staff.authenticator_added',
      'staff.recovery_codes_made',
      'staff.recovery_code_used',
      'staff.authenticator_removed',
      'staff.password_link_created',
    ],
    async (tx) => {
      const id = await addStaffMember(tx, { name: 'Ron', email: 'ron@ledgerlane.example', role: 'viewer' })
      await changePassword(tx, id, { hash: 'x', keep: null })
      await addAuthenticator(tx, id, { sealedSecret: 'x', lastStep: 0, keep: null })
      const [code = ''] = await makeRecoveryCodes(tx, id)
      await takeRecoveryCode(tx, id, code)
      await removeAuthenticator(tx, id, { keep: null })
      await createPasswordLink(tx, id)
    },
  ],
  [
    'how somebody comes in and goes',
    [
      'staff.joined',
      ...Array.from({ length: 4 }, () => 'session.signed_in' as const),
      'session.signed_out',
      'session.ended',
      'session.ended',
      'staff.password_changed',
      'session.ended',
    ],
    async (tx) => {
      const id = await addStaffMember(tx, { name: 'Ron', email: 'ron@ledgerlane.example', role: 'viewer' })
      const start = () => startSession(tx, id, { userAgent: null, by: 'password', secondStep: null })
      const [first, second, third] = [await start(), await start(), await start()]
      await start()
      await signOut(tx, id, first.id)
      await endSession(tx, id, second.id)
      await endSessionOfSecret(tx, third.secret)
      await endSessionOfSecret(tx, third.secret)
      await changePassword(tx, id, { hash: 'x', keep: null })
    },
  ],
  [
    'createInvitation, revokeInvitation',
    ['invitation.created', 'invitation.revoked'],
    async (tx) => {
      const { id } = await createInvitation(tx, { email: 'ron@ledgerlane.example', role: 'viewer' })
      await revokeInvitation(tx, id)
    },
  ],
  ['createToken', ['token.created'], (tx) => createToken(tx, { name: 'CI', scopes: ['read'] })],
  ['revokeToken', ['token.revoked'], (tx, { token }) => revokeToken(tx, token)],
  ['createComponent', ['component.created'], (tx) => createComponent(tx, { name: 'Sign-in' })],
  [
    'updateComponent',
    ['component.updated'],
    (tx, { api }) => updateComponent(tx, api, { name: 'Interface' }),
  ],
  ['archiveComponent', ['component.archived'], (tx, { api }) => archiveComponent(tx, api)],
  [
    'restoreComponent',
    ['component.archived', 'component.restored'],
    async (tx, { api }) => {
      await archiveComponent(tx, api)
      await restoreComponent(tx, api)
    },
  ],
  [
    'putInOrder',
    ['component.updated', 'page.reordered'],
    (tx, { api, checkout, reports, group }) =>
      putInOrder(tx, {
        sections: [
          { group_id: group, components: [reports] },
          { group_id: null, components: [api, checkout] },
        ],
      }),
  ],
  ['createComponentGroup', ['component_group.created'], (tx) => createComponentGroup(tx, { name: 'Tools' })],
  [
    'updateComponentGroup',
    ['component_group.updated'],
    (tx, { group }) => updateComponentGroup(tx, group, { name: 'Tools' }),
  ],
  ['deleteComponentGroup', ['component_group.deleted'], (tx, { group }) => deleteComponentGroup(tx, group)],
  ['openIncident', ['incident.opened'], (tx) => openIncident(tx, { name: 'Trouble', body: 'Down.' })],
  [
    'postIncidentUpdate',
    ['incident.updated'],
    (tx, { incident }) => postIncidentUpdate(tx, incident, { status: 'resolved', body: 'Up.' }),
  ],
  ['editIncident', ['incident.edited'], (tx, { incident }) => editIncident(tx, incident, { name: 'Slow' })],
  [
    'editIncidentUpdate',
    ['incident.update_edited'],
    (tx, { incident, incidentUpdate }) => editIncidentUpdate(tx, incident, incidentUpdate, { body: 'Slow.' }),
  ],
  [
    'publishPostmortem',
    ['incident.postmortem_published'],
    (tx, { resolved }) => publishPostmortem(tx, resolved, { body: 'What we learned.' }),
  ],
  [
    'savePostmortemDraft',
    ['postmortem_draft.saved'],
    (tx, { resolved }) => savePostmortemDraft(tx, resolved, { body: 'What we may have learned.' }),
  ],
  [
    'discardPostmortemDraft',
    ['postmortem_draft.saved', 'postmortem_draft.discarded'],
    async (tx, { resolved }) => {
      await savePostmortemDraft(tx, resolved, { body: 'What we may have learned.' })
      await discardPostmortemDraft(tx, resolved)
    },
  ],
  [
    'revertPostmortem',
    ['incident.postmortem_published', 'postmortem_draft.saved', 'incident.postmortem_reverted'],
    async (tx, { resolved }) => {
      await publishPostmortem(tx, resolved, { body: 'What we learned.' })
      await revertPostmortem(tx, resolved)
    },
  ],
  [
    'scheduleMaintenance',
    ['maintenance.scheduled'],
    (tx) =>
      scheduleMaintenance(tx, {
        name: 'Disks',
        body: 'New disks.',
        scheduled_for: tx.now + HOUR_MS,
        scheduled_until: tx.now + 2 * HOUR_MS,
      }),
  ],
  [
    'postMaintenanceUpdate',
    ['maintenance.updated'],
    (tx, { maintenance }) =>
      postMaintenanceUpdate(tx, maintenance, { status: 'in_progress', body: 'We begin.' }),
  ],
  [
    'editMaintenance',
    ['maintenance.edited'],
    (tx, { maintenance }) => editMaintenance(tx, maintenance, { name: 'Larger disks' }),
  ],
  [
    'editMaintenanceUpdate',
    ['maintenance.update_edited'],
    (tx, { maintenance, maintenanceUpdate }) =>
      editMaintenanceUpdate(tx, maintenance, maintenanceUpdate, { body: 'Larger disks.' }),
  ],
  [
    'cancelMaintenance',
    ['maintenance.cancelled'],
    (tx, { maintenance }) => cancelMaintenance(tx, maintenance, {}),
  ],
  [
    'takeDueStep to remind',
    ['maintenance.reminded'],
    (tx, { maintenance, from }) =>
      takeDueStep(tx, { id: maintenance, step: 'remind', at: from - REMINDER_MS }),
  ],
  [
    'takeDueStep to begin',
    ['maintenance.updated'],
    (tx, { maintenance, from }) => takeDueStep(tx, { id: maintenance, step: 'start', at: from }),
  ],
  [
    'reportDefect',
    ['defect.reported'],
    (tx) => reportDefect(tx, { key: 'CHK-414', title: 'A third', severity: 'low' }),
  ],
  [
    'confirmDefect',
    ['defect.confirmed', 'sla.deadline_set', 'sla.deadline_set', 'sla.deadline_set'],
    (tx, { reported }) => confirmDefect(tx, reported),
  ],
  [
    'editDefect',
    ['defect.edited'],
    (tx, { reported }) => editDefect(tx, reported, { title: 'Payments get lost' }),
  ],
  ['linkDefect', ['defect.linked'], (tx, { incident, reported }) => linkDefect(tx, incident, reported)],
  [
    'unlinkDefect',
    ['defect.linked', 'defect.unlinked'],
    async (tx, { incident, reported }) => {
      await linkDefect(tx, incident, reported)
      await unlinkDefect(tx, incident, reported)
    },
  ],
  [
    'recordDefectEvent',
    ['defect.event', 'sla.verdict_recorded', 'sla.verdict_recorded'],
    (tx, { defect }) => recordDefectEvent(tx, defect, { type: 'workaround', note: 'Use transfers.' }),
  ],
  [
    'settleDefects',
    // The update that stands at the very instant of the confirmation is its response.
    ['sla.verdict_recorded'],
    async (tx, { defect }) => settleDefects(tx, [await getDefect(tx.db, defect)]),
  ],
  [
    'createCalendar',
    ['sla.calendar_created'],
    (tx) => createCalendar(tx, { name: 'Night shift', time_zone: 'UTC', windows: [['20:00', '24:00']] }),
  ],
  [
    'reviseCalendar',
    ['sla.calendar_revised'],
    (tx) => reviseCalendar(tx, 'standard', { name: 'Working days' }),
  ],
  [
    'createPolicy',
    ['sla.policy_created'],
    (tx) => createPolicy(tx, { name: 'Gold', calendar_id: 'standard', goals: STANDARD_POLICY.goals }),
  ],
  ['revisePolicy', ['sla.policy_revised'], (tx) => revisePolicy(tx, 'standard', { name: 'Our terms' })],
  [
    'createContract',
    ['sla.contract_created'],
    (tx) => createContract(tx, { name: 'Gold', customer: 'Harbour Mills', policy_id: 'standard' }),
  ],
  [
    'reviseContract',
    ['sla.contract_revised'],
    (tx, { contract }) => reviseContract(tx, contract, { name: 'Silver' }),
  ],
  [
    'createContractLink',
    ['sla.contract_link_created'],
    (tx, { contract }) => createContractLink(tx, contract, { name: 'Their support desk' }),
  ],
  [
    'revokeContractLink',
    ['sla.contract_link_revoked'],
    (tx, { contract, link }) => revokeContractLink(tx, contract, link),
  ],
  ['createRelease', ['release.created'], (tx) => createRelease(tx, { name: '26.51' })],
  [
    'updateRelease',
    ['release.updated'],
    (tx, { release }) => updateRelease(tx, release, { published_at: tx.now }),
  ],
  [
    'createIncidentTemplate and its changes',
    ['incident_template.created', 'incident_template.updated', 'incident_template.deleted'],
    async (tx) => {
      const template = { title: 'Payments', name: 'Payments fail', body: 'We look into it.' }
      const id = await createIncidentTemplate(tx, template)
      await updateIncidentTemplate(tx, id, { title: 'Card payments' })
      await deleteIncidentTemplate(tx, id)
    },
  ],
  [
    'createSupportHours and their changes',
    ['support_hours.created', 'support_hours.updated', 'support_hours.deleted'],
    async (tx) => {
      const hours = [{ weekdays: [1], opens: '09:00', closes: '18:00' }]
      const id = await createSupportHours(tx, { channel: 'chat', time_zone: 'UTC', hours })
      await updateSupportHours(tx, id, { plan: 'Business' })
      await deleteSupportHours(tx, id)
    },
  ],
]

/** Held by the tests of the import, and of the job that settles promises. */
const ELSEWHERE: EventType[] = [
  'incident.imported',
  'maintenance.imported',
  'sla.goal_at_risk',
  'sla.goal_missed',
]

describe('the audit log', () => {
  test.for(VERBS)(
    'tells of %s, and the page moves on where readers may see it',
    async ([, events, act], { site }) => {
      const cast = await setTheStage(site)
      const before = (await findNewestEvent(site.ctx.read))?.id ?? 0
      const page = await getPage(site.ctx.read)
      await site.as('responder', (tx) => act(tx, cast))
      const { version } = await getPage(site.ctx.read)
      const told = (await listEvents(site.ctx.read, { limit: 100 })).filter(({ id }) => id > before).reverse()
      expect(told.map(({ type }) => type)).toEqual(events)
      // Gapless, in order, and the newest that is not of staff alone is the page's version.
      expect(told.map(({ id }) => id)).toEqual(events.map((_, index) => before + 1 + index))
      const shown = told.filter(({ type }) => !/^(staff|session|invitation|token)\./.test(type))
      expect(version).toBe(shown.at(-1)?.id ?? page.version)
      expect(told[0]).toMatchObject({ at: site.clock.now(), actor: { kind: 'staff', name: 'A responder' } })
    },
  )

  test('has a verb for every kind of event', () => {
    const told = new Set([...VERBS.flatMap(([, events]) => events), ...ELSEWHERE])
    expect([...told].sort()).toEqual([...EVENT_TYPES].sort())
  })

  test('tells nothing of what was rolled back', async ({ site }) => {
    const before = await getPage(site.ctx.read)
    const failing = site.as('responder', async (tx) => {
      await openIncident(tx, { name: 'Trouble', body: 'Down.' })
      throw new Error('a slip')
    })
    await expect(failing).rejects.toThrow('a slip')
    expect(await getPage(site.ctx.read)).toEqual(before)
  })

  test('has no gap when many write at once', async ({ site }) => {
    const before = (await getPage(site.ctx.read)).version
    await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        site.as('responder', (tx) => openIncident(tx, { name: `Trouble ${index}`, body: 'Down.' })),
      ),
    )
    const events = await listEvents(site.ctx.read, { limit: 12 })
    expect(events.map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, index) => before + 12 - index))
  })
})

/** One of everything, at the moment at which each verb of the table has something to do. */
async function setTheStage(site: Site) {
  const from = site.clock.now() + 24 * HOUR_MS
  const stage = await site.as('administrator', async (tx) => {
    const incident = await openIncident(tx, { name: 'Trouble', body: 'Down.' })
    const defect = await reportDefect(tx, {
      key: 'CHK-412',
      title: 'Payments are lost',
      severity: 'critical',
    })
    await confirmDefect(tx, defect)
    await linkDefect(tx, incident, defect)
    const maintenance = await scheduleMaintenance(tx, {
      name: 'Disks',
      body: 'New disks.',
      scheduled_for: from,
      scheduled_until: from + HOUR_MS,
    })
    const contract = await createContract(tx, { name: 'Silver', plan: 'Silver', policy_id: 'standard' })
    return {
      incident,
      defect,
      contract,
      link: (await createContractLink(tx, contract, { name: 'Everybody on it' })).id,
      maintenance,
      resolved: await openIncident(tx, { name: 'Over', body: 'It is over.', status: 'resolved' }),
      reported: await reportDefect(tx, { key: 'CHK-413', title: 'Another', severity: 'high' }),
      group: await createComponentGroup(tx, { name: 'Payments' }),
      release: await createRelease(tx, { name: '26.48' }),
      token: (await createToken(tx, { name: 'Console', scopes: ['read'] })).id,
    }
  })
  const [incidentUpdate] = await listUpdatesOf(site.ctx.read, { incidentId: stage.incident })
  const [maintenanceUpdate] = await listUpdatesOf(site.ctx.read, { maintenanceId: stage.maintenance })
  return {
    ...stage,
    from,
    ...site.components,
    incidentUpdate: incidentUpdate?.id ?? '',
    maintenanceUpdate: maintenanceUpdate?.id ?? '',
  }
}
