import { ROLES, type Role } from '../../src/domain/staff/scopes.ts'

/** Who may do a thing; `nobody` has not signed in. */
export type Visitor = Role | 'nobody'
export const VISITORS: readonly Visitor[] = [...ROLES, 'nobody']

const STAFF: readonly Visitor[] = ROLES
const ADMINISTRATOR: readonly Visitor[] = ['administrator']
const FILERS: readonly Visitor[] = ['administrator', 'responder', 'sla_manager']
const TERM_WRITERS: readonly Visitor[] = ['administrator', 'sla_manager']
const POSTERS: readonly Visitor[] = ['administrator', 'responder']

/** One page of the console: what each visitor gets, and who may send each of its forms. */
export interface ConsoleRow {
  statusFor(who: Visitor): number
  forms: Record<string, readonly Visitor[]>
}

/** A page behind the gate, for those who may see it. */
function behind(sees: readonly Visitor[], forms: ConsoleRow['forms'] = {}): ConsoleRow {
  return { statusFor: (who) => (sees.includes(who) ? 200 : who === 'nobody' ? 303 : 403), forms }
}

/** What one signs in with, or out: the same for everybody, and its forms are those of `tests/browser/accounts.test.ts`. */
function entrance(status: number): ConsoleRow {
  return { statusFor: () => status, forms: {} }
}

/** Forms that the same people may send. */
function forms(senders: readonly Visitor[], ...names: string[]): ConsoleRow['forms'] {
  return Object.fromEntries(names.map((name) => [name, senders]))
}

/** Every page below `src/pages/admin`, as its file is called. One that is not here fails the test, as does a form. */
export const CONSOLE_ROWS: Record<string, ConsoleRow> = {
  '/admin': behind(STAFF),
  '/admin/account': behind(
    STAFF,
    forms(STAFF, 'name', 'password', 'recovery-codes', 'one-step', 'end-session', 'token', 'revoke-token'),
  ),
  '/admin/account/second-step': behind(STAFF, forms(STAFF, 'second-step')),
  '/admin/audit': behind(ADMINISTRATOR),
  '/admin/defects': behind(STAFF),
  '/admin/defects/new': behind(STAFF, forms(FILERS, 'filing')),
  '/admin/defects/[id]': behind(STAFF, forms(POSTERS, 'link', 'unlink')),
  '/admin/defects/[id]/[step]': behind(STAFF, forms(FILERS, 'correct')),
  '/admin/incidents': behind(STAFF),
  '/admin/incidents/new': behind(STAFF, forms(POSTERS, 'opening')),
  '/admin/incidents/[id]': behind(STAFF, forms(POSTERS, 'update', 'resolving', 'facts', 'link', 'unlink')),
  '/admin/incidents/[id]/postmortem': behind(STAFF, forms(POSTERS, 'postmortem')),
  '/admin/incidents/[id]/updates/[update]': behind(STAFF, forms(POSTERS, 'edit')),
  '/admin/invitations/[secret]': entrance(404),
  '/admin/maintenance': behind(STAFF),
  '/admin/maintenance/new': behind(STAFF, forms(POSTERS, 'planning')),
  '/admin/maintenance/[id]': behind(
    STAFF,
    forms(POSTERS, 'update', 'plan', 'starting', 'completing', 'extending', 'cancelling'),
  ),
  '/admin/maintenance/[id]/updates/[update]': behind(STAFF, forms(POSTERS, 'edit')),
  '/admin/releases': behind(STAFF),
  '/admin/releases/new': behind(STAFF, forms(FILERS, 'planning')),
  '/admin/releases/[id]': behind(STAFF, forms(FILERS, 'plan')),
  '/admin/releases/[id]/publish': behind(STAFF, forms(FILERS, 'publication')),
  '/admin/set-up/[secret]': entrance(404),
  '/admin/sign-in': entrance(200),
  '/admin/sign-in/provider': entrance(404),
  '/admin/sign-in/provider/return': entrance(404),
  '/admin/sign-out': entrance(303),
  '/admin/sla': behind(STAFF),
  '/admin/sla/calendars/new': behind(TERM_WRITERS, forms(TERM_WRITERS, 'calendar')),
  '/admin/sla/calendars/[id]': behind(STAFF, forms(TERM_WRITERS, 'calendar')),
  '/admin/sla/contracts/new': behind(TERM_WRITERS, forms(TERM_WRITERS, 'contract')),
  '/admin/sla/contracts/[id]': behind(TERM_WRITERS, forms(TERM_WRITERS, 'contract', 'link', 'revoke')),
  '/admin/sla/policies/new': behind(TERM_WRITERS, forms(TERM_WRITERS, 'policy')),
  '/admin/sla/policies/[id]': behind(TERM_WRITERS, forms(TERM_WRITERS, 'policy')),
  '/admin/sla/support-hours/new': behind(TERM_WRITERS, forms(TERM_WRITERS, 'hours')),
  '/admin/sla/support-hours/[id]': behind(TERM_WRITERS, forms(TERM_WRITERS, 'hours', 'deletion')),
  '/admin/staff': behind(ADMINISTRATOR, forms(ADMINISTRATOR, 'invite', 'revoke-invitation')),
  '/admin/staff/[id]': behind(
    ADMINISTRATOR,
    forms(ADMINISTRATOR, 'member', 'password-link', 'no-second-step', 'shut-out', 'let-in'),
  ),
  '/admin/templates': behind(STAFF),
  '/admin/templates/new': behind(STAFF, forms(POSTERS, 'template')),
  '/admin/templates/[id]': behind(STAFF, forms(POSTERS, 'template', 'deletion')),
}
