import type { EVENT_TYPES } from '../events/event-types.ts'
import type { ShownBy } from '../staff/sessions.ts'

/** What the trail calls the things that events are about, by what their types begin with. */
export const AUDIT_KINDS = {
  incident: 'Incidents',
  postmortem_draft: 'Drafts of postmortems',
  maintenance: 'Maintenance',
  incident_template: 'Templates',
  defect: 'Defects',
  release: 'Releases',
  sla: 'Promises and terms',
  support_hours: 'Support hours',
  component: 'Components',
  component_group: 'Component groups',
  page: 'Page settings',
  staff: 'Staff',
  session: 'Sign-ins',
  invitation: 'Invitations',
  token: 'Tokens',
} as const

/** What was done, so that "Who, what, which" reads as a sentence: "opened", "posted an update to". */
export function auditVerb(type: string): string {
  const known = VERBS[type as (typeof EVENT_TYPES)[number]] as string | undefined
  // One of a newer version: its own name says more than nothing.
  return known ?? type.replaceAll(/[._]/g, ' ')
}

/** The way by which somebody has signed in, as the event says it: "by password, with a code of the app". */
export function signInWords({ by, second_step: secondStep }: Record<string, unknown>): string {
  return [WAYS[by as ShownBy['by']], SECOND_STEPS[secondStep as keyof typeof SECOND_STEPS]]
    .filter((words) => words !== undefined)
    .join(', ')
}

const WAYS: Record<ShownBy['by'], string> = {
  password: 'by password',
  provider: 'by the provider',
  link: 'by a link',
}

const SECOND_STEPS: Record<NonNullable<ShownBy['secondStep']>, string> = {
  app: 'with a code of the app',
  recovery_code: 'with a recovery code',
}

const VERBS: Record<(typeof EVENT_TYPES)[number], string> = {
  'page.updated': 'changed the settings of',
  'page.reordered': 'put in another order the components of',
  'staff.joined': 'took in',
  'staff.updated': 'changed',
  'staff.deactivated': 'ended the access of',
  'staff.reactivated': 'let in again',
  'staff.password_link_created': 'made a link for a new password of',
  'staff.password_changed': 'changed the password of',
  'staff.authenticator_added': 'added an authenticator app of',
  'staff.authenticator_removed': 'removed the authenticator app of',
  'staff.recovery_codes_made': 'made recovery codes for',
  'staff.recovery_code_used': 'used a recovery code of',
  'session.signed_in': 'signed in',
  'session.signed_out': 'signed out',
  'session.ended': 'ended a session of',
  'invitation.created': 'invited',
  'invitation.revoked': 'withdrew the invitation of',
  'token.created': 'made the token',
  'token.revoked': 'revoked the token',
  'component.created': 'added the component',
  'component.updated': 'changed the component',
  'component.archived': 'took off the page the component',
  'component.restored': 'put back on the page the component',
  'component_group.created': 'added the group',
  'component_group.updated': 'changed the group',
  'component_group.deleted': 'deleted the group',
  'incident.opened': 'opened',
  'incident.updated': 'posted an update to',
  'incident.edited': 'changed',
  'incident.update_edited': 'edited an update of',
  'incident.postmortem_published': 'published the postmortem of',
  'incident.postmortem_reverted': 'took back the postmortem of',
  'incident.imported': 'imported',
  'postmortem_draft.saved': 'saved a draft of the postmortem of',
  'postmortem_draft.discarded': 'discarded the draft of the postmortem of',
  'incident_template.created': 'wrote the template',
  'incident_template.updated': 'changed the template',
  'incident_template.deleted': 'deleted the template',
  'maintenance.scheduled': 'planned',
  'maintenance.updated': 'posted an update to',
  'maintenance.edited': 'changed the plan of',
  'maintenance.update_edited': 'edited an update of',
  'maintenance.reminded': 'reminded of',
  'maintenance.cancelled': 'called off',
  'maintenance.imported': 'imported',
  'defect.reported': 'filed',
  'defect.confirmed': 'confirmed',
  'defect.edited': 'changed',
  'defect.linked': 'linked to an incident',
  'defect.unlinked': 'unlinked from an incident',
  'defect.event': 'recorded what happened to',
  'release.created': 'entered the release',
  'release.updated': 'changed the release',
  'sla.calendar_created': 'made the calendar',
  'sla.calendar_revised': 'made a new version of the calendar',
  'sla.policy_created': 'made the policy',
  'sla.policy_revised': 'made a new version of the policy',
  'sla.contract_created': 'entered the contract',
  'sla.contract_revised': 'made a new version of the contract',
  'sla.contract_link_created': 'made a private link of the contract',
  'sla.contract_link_revoked': 'revoked a private link of the contract',
  'sla.deadline_set': 'moved a deadline of',
  'sla.goal_at_risk': 'found at risk a promise of',
  'sla.goal_missed': 'found missed a promise of',
  'sla.verdict_recorded': 'recorded a verdict of',
  'support_hours.created': 'entered support hours for',
  'support_hours.updated': 'changed the support hours for',
  'support_hours.deleted': 'deleted the support hours for',
}
