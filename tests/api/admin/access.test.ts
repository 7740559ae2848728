import { ROLES, type Role, SCOPES } from '../../../src/domain/staff/scopes.ts'
import { describe, expect, test } from '../../support/site.ts'
import { clientOf, send, staffOf } from './client.ts'
import { documentedOperations } from './operations.ts'

/** What each operation asks for, `person` for whoever has signed in; one that is not here fails the test. */
const NEEDED: Record<string, string> = {
  'GET /components': 'read',
  'POST /components': 'components:write',
  'GET /components/{id}': 'read',
  'PATCH /components/{id}': 'components:write',
  'DELETE /components/{id}': 'components:write',
  'DELETE /components/{id}/archival': 'components:write',
  'GET /component-groups': 'read',
  'POST /component-groups': 'components:write',
  'GET /component-groups/{id}': 'read',
  'PATCH /component-groups/{id}': 'components:write',
  'DELETE /component-groups/{id}': 'components:write',
  'GET /component-order': 'read',
  'PUT /component-order': 'components:write',
  'GET /incidents': 'read',
  'POST /incidents': 'incidents:write',
  'GET /incidents/{id}': 'read',
  'PATCH /incidents/{id}': 'incidents:write',
  'POST /incidents/{id}/updates': 'incidents:write',
  'PATCH /incidents/{id}/updates/{update}': 'incidents:write',
  'PUT /incidents/{id}/postmortem': 'incidents:write',
  'PUT /incidents/{id}/defects/{defect}': 'incidents:write',
  'DELETE /incidents/{id}/defects/{defect}': 'incidents:write',
  'GET /incident-templates': 'read',
  'POST /incident-templates': 'incidents:write',
  'GET /incident-templates/{id}': 'read',
  'PATCH /incident-templates/{id}': 'incidents:write',
  'DELETE /incident-templates/{id}': 'incidents:write',
  'GET /maintenances': 'read',
  'POST /maintenances': 'incidents:write',
  'GET /maintenances/{id}': 'read',
  'PATCH /maintenances/{id}': 'incidents:write',
  'POST /maintenances/{id}/updates': 'incidents:write',
  'PATCH /maintenances/{id}/updates/{update}': 'incidents:write',
  'PUT /maintenances/{id}/cancellation': 'incidents:write',
  'GET /defects': 'read',
  'POST /defects': 'defects:write',
  'GET /defects/{id}': 'read',
  'PATCH /defects/{id}': 'defects:write',
  'POST /defects/{id}/events': 'defects:write',
  'GET /releases': 'read',
  'POST /releases': 'defects:write',
  'GET /releases/{id}': 'read',
  'PATCH /releases/{id}': 'defects:write',
  'GET /sla/support-hours': 'read',
  'POST /sla/support-hours': 'sla:write',
  'GET /sla/support-hours/{id}': 'read',
  'PATCH /sla/support-hours/{id}': 'sla:write',
  'DELETE /sla/support-hours/{id}': 'sla:write',
  'GET /sla/calendars': 'read',
  'POST /sla/calendars': 'sla:write',
  'GET /sla/calendars/{id}': 'read',
  'PATCH /sla/calendars/{id}': 'sla:write',
  // Policies other than the standard one tell what contracts promise.
  'GET /sla/policies': 'sla:write',
  'POST /sla/policies': 'sla:write',
  'GET /sla/policies/{id}': 'sla:write',
  'PATCH /sla/policies/{id}': 'sla:write',
  'GET /sla/contracts': 'sla:write',
  'POST /sla/contracts': 'sla:write',
  'GET /sla/contracts/{id}': 'sla:write',
  'PATCH /sla/contracts/{id}': 'sla:write',
  'GET /sla/contracts/{id}/links': 'sla:write',
  'POST /sla/contracts/{id}/links': 'sla:write',
  'DELETE /sla/contracts/{id}/links/{link}': 'sla:write',
  'GET /page': 'read',
  'PATCH /page': 'components:write',
  'PUT /page/logo': 'components:write',
  'DELETE /page/logo': 'components:write',
  'PUT /page/dark-logo': 'components:write',
  'DELETE /page/dark-logo': 'components:write',
  'GET /me': 'read',
  'PATCH /me': 'person',
  'PUT /me/password': 'person',
  'GET /me/second-step': 'person',
  'PUT /me/second-step': 'person',
  'DELETE /me/second-step': 'person',
  'PUT /me/recovery-codes': 'person',
  'GET /me/sessions': 'person',
  'DELETE /me/sessions/{id}': 'person',
  'GET /me/tokens': 'person',
  'POST /me/tokens': 'person',
  'DELETE /me/tokens/{id}': 'person',
  'GET /staff': 'staff:write',
  'GET /staff/{id}': 'staff:write',
  'PATCH /staff/{id}': 'staff:write',
  'PUT /staff/{id}/deactivation': 'staff:write',
  'DELETE /staff/{id}/deactivation': 'staff:write',
  'POST /staff/{id}/password-links': 'staff:write',
  'DELETE /staff/{id}/second-step': 'staff:write',
  'GET /invitations': 'staff:write',
  'POST /invitations': 'staff:write',
  'DELETE /invitations/{id}': 'staff:write',
  'GET /tokens': 'staff:write',
  'POST /tokens': 'staff:write',
  'DELETE /tokens/{id}': 'staff:write',
  'GET /audit': 'staff:write',
}

/** What each role may do besides reading. */
const MAY: Record<Role, string[]> = {
  administrator: ['components:write', 'incidents:write', 'defects:write', 'sla:write', 'staff:write'],
  responder: ['incidents:write', 'defects:write'],
  sla_manager: ['defects:write', 'sla:write'],
  viewer: [],
}

describe('every operation', () => {
  test('lets in whom it should and nobody else', async ({ site }) => {
    const clients = [
      ...(await Promise.all(
        SCOPES.map(async (scope) => ({
          who: scope as string,
          may: [scope as string],
          shown: { token: (await clientOf(site, scope)).secret },
        })),
      )),
      ...(await Promise.all(
        ROLES.map(async (role) => ({
          who: role as string,
          may: ['person', ...MAY[role]],
          shown: { cookie: (await staffOf(site, role)).cookie },
        })),
      )),
    ]
    const operations = await documentedOperations(site)
    expect(operations.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(
      Object.keys(NEEDED).sort(),
    )
    for (const { method, path } of operations) {
      const needed = NEEDED[`${method} ${path}`]
      // An id that nothing has: whoever is let in learns that, whoever is not learns nothing.
      const address = path.replaceAll(/\{.+?\}/g, 'nothing00000')
      const stranger = await send(site, method, address, {})
      expect(stranger.status, `${method} ${path} without token and session`).toBe(401)
      expect(stranger.headers.get('WWW-Authenticate')).toContain('Bearer')
      for (const { who, may, shown } of clients) {
        const answer = await send(site, method, address, shown)
        const isAdmitted = needed === 'read' || may.includes(needed ?? '')
        const said = `${method} ${path} with ${who} answered ${answer.status}`
        expect(answer.status === 403, said).toBe(!isAdmitted)
        expect([200, 403, 404, 422], said).toContain(answer.status)
        if (!isAdmitted) expect(answer.body.detail, said).toContain(needed === 'person' ? 'people' : needed)
      }
    }
  })
})
