import { ROLES, type Role } from '../../src/domain/staff/scopes.ts'

/** Who may do a thing; `nobody` has not signed in. */
export type Visitor = Role | 'nobody'
export const VISITORS: readonly Visitor[] = [...ROLES, 'nobody']

const STAFF: readonly Visitor[] = ROLES
const ADMINISTRATOR: readonly Visitor[] = ['administrator']
const POSTERS: readonly Visitor[] = ['administrator', 'responder']
const MANAGERS: readonly Visitor[] = ['administrator', 'sla_manager']
const FILERS: readonly Visitor[] = ['administrator', 'responder', 'sla_manager']

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
  '/admin': behind(STAFF, forms(POSTERS, 'update-[incident]')),
  '/admin/account': behind(
    STAFF,
    forms(STAFF, 'name', 'password', 'recovery-codes', 'one-step', 'end-session', 'token', 'revoke-token'),
  ),
  '/admin/account/second-step': behind(STAFF, forms(STAFF, 'second-step')),
  '/admin/audit': behind(ADMINISTRATOR),
  '/admin/components': behind(STAFF, forms(ADMINISTRATOR, 'move')),
  '/admin/components/new': behind(ADMINISTRATOR, forms(ADMINISTRATOR, 'adding')),
  '/admin/components/[id]': behind(STAFF, forms(ADMINISTRATOR, 'edit', 'archiving', 'restoring')),
  '/admin/components/groups/new': behind(ADMINISTRATOR, forms(ADMINISTRATOR, 'making')),
  '/admin/components/groups/[id]': behind(ADMINISTRATOR, forms(ADMINISTRATOR, 'edit', 'deleting')),
  '/admin/defects': behind(STAFF),
  '/admin/defects/new': behind(FILERS, forms(FILERS, 'filing')),
  '/admin/defects/[id]': behind(STAFF, forms(POSTERS, 'link', 'unlink')),
  '/admin/defects/[id]/[step]': behind(FILERS, forms(FILERS, 'correct')),
  '/admin/incidents': behind(STAFF),
  '/admin/incidents/new': behind(POSTERS, forms(POSTERS, 'opening')),
  '/admin/incidents/[id]': behind(STAFF, forms(POSTERS, 'update', 'resolving', 'facts', 'link', 'unlink')),
  '/admin/incidents/[id]/postmortem': behind(POSTERS, forms(POSTERS, 'postmortem')),
  '/admin/incidents/[id]/updates/[update]': behind(POSTERS, forms(POSTERS, 'edit')),
  '/admin/invitations/[secret]': entrance(404),
  '/admin/maintenance': behind(STAFF),
  '/admin/maintenance/new': behind(POSTERS, forms(POSTERS, 'planning')),
  '/admin/maintenance/[id]': behind(
    STAFF,
    forms(POSTERS, 'update', 'plan', 'starting', 'completing', 'extending', 'cancelling'),
  ),
  '/admin/maintenance/[id]/updates/[update]': behind(POSTERS, forms(POSTERS, 'edit')),
  '/admin/page': behind(
    ADMINISTRATOR,
    forms(
      ADMINISTRATOR,
      'settings',
      ...['page-logo', 'page-dark-logo'].flatMap((of) => [`set-${of}`, `remove-${of}`]),
    ),
  ),
  // What is drawn in place of a page whose thing is gone.
  '/admin/gone': { statusFor: (who) => (who === 'nobody' ? 303 : 404), forms: {} },
  // What is drawn in place of a page that is for others.
  '/admin/refused': behind([]),
  '/admin/releases': behind(STAFF),
  '/admin/releases/new': behind(FILERS, forms(FILERS, 'planning')),
  '/admin/releases/[id]': behind(STAFF, forms(FILERS, 'plan')),
  '/admin/releases/[id]/publish': behind(FILERS, forms(FILERS, 'publication')),
  '/admin/set-up/[secret]': entrance(404),
  '/admin/sign-in': entrance(200),
  '/admin/sign-in/provider': entrance(404),
  '/admin/sign-in/provider/return': entrance(404),
  '/admin/sign-out': entrance(303),
  '/admin/sla': behind(STAFF),
  '/admin/sla/calendars/[id]': behind(STAFF, forms(MANAGERS, 'calendar')),
  '/admin/sla/calendars/new': behind(MANAGERS, forms(MANAGERS, 'calendar')),
  '/admin/sla/contracts/[id]': behind(MANAGERS, forms(MANAGERS, 'contract', 'link', 'revoke')),
  '/admin/sla/contracts/new': behind(MANAGERS, forms(MANAGERS, 'contract')),
  '/admin/sla/policies/[id]': behind(MANAGERS, forms(MANAGERS, 'policy')),
  '/admin/sla/policies/new': behind(MANAGERS, forms(MANAGERS, 'policy')),
  '/admin/sla/support-hours/[id]': behind(MANAGERS, forms(MANAGERS, 'hours', 'deletion')),
  '/admin/sla/support-hours/new': behind(MANAGERS, forms(MANAGERS, 'hours')),
  '/admin/staff': behind(ADMINISTRATOR, forms(ADMINISTRATOR, 'invite', 'revoke-invitation')),
  '/admin/staff/[id]': behind(
    ADMINISTRATOR,
    forms(ADMINISTRATOR, 'member', 'password-link', 'no-second-step', 'shut-out', 'let-in'),
  ),
  '/admin/templates': behind(STAFF),
  '/admin/templates/new': behind(POSTERS, forms(POSTERS, 'template')),
  '/admin/templates/[id]': behind(POSTERS, forms(POSTERS, 'template', 'deletion')),
}
