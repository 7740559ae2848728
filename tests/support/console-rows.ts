import { ROLES, type Role } from '../../src/domain/staff/scopes.ts'

/** Who may do a thing; `nobody` has not signed in. */
export type Visitor = Role | 'nobody'
export const VISITORS: readonly Visitor[] = [...ROLES, 'nobody']

const STAFF: readonly Visitor[] = ROLES
const ADMINISTRATOR: readonly Visitor[] = ['administrator']
const POSTERS: readonly Visitor[] = ['administrator', 'responder']

/** One page of the console: who may look at it, and who may send each of its forms. */
export interface ConsoleRow {
  sees: readonly Visitor[]
  forms: Record<string, readonly Visitor[]>
}

/** Every page below `src/pages/admin`, as its file is called. One that is not here fails the test, as does a form. */
export const CONSOLE_ROWS: Record<string, ConsoleRow> = {
  '/admin': { sees: STAFF, forms: {} },
  '/admin/audit': { sees: ADMINISTRATOR, forms: {} },
  '/admin/incidents': { sees: STAFF, forms: {} },
  '/admin/incidents/new': { sees: STAFF, forms: { opening: POSTERS } },
  '/admin/incidents/[id]': {
    sees: STAFF,
    forms: { update: POSTERS, resolving: POSTERS, facts: POSTERS, link: POSTERS, unlink: POSTERS },
  },
  '/admin/incidents/[id]/postmortem': { sees: STAFF, forms: { postmortem: POSTERS } },
  '/admin/incidents/[id]/updates/[update]': { sees: STAFF, forms: { edit: POSTERS } },
  '/admin/maintenance': { sees: STAFF, forms: {} },
  '/admin/maintenance/new': { sees: STAFF, forms: { planning: POSTERS } },
  '/admin/maintenance/[id]': {
    sees: STAFF,
    forms: {
      ...{ update: POSTERS, plan: POSTERS, starting: POSTERS },
      ...{ completing: POSTERS, extending: POSTERS, cancelling: POSTERS },
    },
  },
  '/admin/maintenance/[id]/updates/[update]': { sees: STAFF, forms: { edit: POSTERS } },
  '/admin/templates': { sees: STAFF, forms: {} },
  '/admin/templates/new': { sees: STAFF, forms: { template: POSTERS } },
  '/admin/templates/[id]': { sees: STAFF, forms: { template: POSTERS, deletion: POSTERS } },
}
