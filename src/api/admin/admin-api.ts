import { OpenAPIHono } from '@hono/zod-openapi'
import type { AppContext } from '../../context.ts'
import { DomainError } from '../../errors.ts'
import { logAnswers } from '../log-answers.ts'
import { plainProblemAnswer, problemAnswer } from '../problem.ts'
import { faultSentence, refusalOf } from '../refusal.ts'
import { accountRoutes } from './account.ts'
import { AdminRoutes } from './admin-routes.ts'
import { auditRoutes } from './audit.ts'
import { calendarRoutes } from './calendars.ts'
import { componentGroupRoutes } from './component-groups.ts'
import { componentOrderRoutes } from './component-order.ts'
import { componentRoutes } from './components.ts'
import { contractLinkRoutes } from './contract-links.ts'
import { contractRoutes } from './contracts.ts'
import { defectRoutes } from './defects.ts'
import { documentation } from './documentation.ts'
import { incidentTemplateRoutes } from './incident-templates.ts'
import { incidentRoutes } from './incidents.ts'
import { invitationRoutes } from './invitations.ts'
import { logoRoutes } from './logos.ts'
import { maintenanceRoutes } from './maintenances.ts'
import { meRoutes } from './me.ts'
import { ownSessionRoutes } from './own-sessions.ts'
import { ownTokenRoutes } from './own-tokens.ts'
import { pageRoutes } from './page.ts'
import { policyRoutes } from './policies.ts'
import { releaseRoutes } from './releases.ts'
import { staffRoutes } from './staff.ts'
import { supportHoursRoutes } from './support-hours.ts'
import { tokenRoutes } from './tokens.ts'

/** The admin API: everything that staff's programs do, behind tokens. Mounted at `/api/admin/v1`. */
export function adminApi(ctx: AppContext): OpenAPIHono {
  const api = new OpenAPIHono()
  api.use(logAnswers(ctx))
  api.onError((error, c) => {
    const refusal = refusalOf(ctx, error, c)
    if (refusal) return problemAnswer(ctx.config.url, refusal)
    return plainProblemAnswer(500, 'Internal Server Error', faultSentence(c.var.requestId))
  })

  const routes = new AdminRoutes(ctx, api)
  componentRoutes(routes)
  componentGroupRoutes(routes)
  componentOrderRoutes(routes)
  incidentRoutes(routes)
  incidentTemplateRoutes(routes)
  maintenanceRoutes(routes)
  defectRoutes(routes)
  releaseRoutes(routes)
  supportHoursRoutes(routes)
  calendarRoutes(routes)
  policyRoutes(routes)
  contractRoutes(routes)
  contractLinkRoutes(routes)
  pageRoutes(routes)
  logoRoutes(routes)
  meRoutes(routes)
  accountRoutes(routes, ctx)
  ownSessionRoutes(routes)
  ownTokenRoutes(routes)
  staffRoutes(routes)
  invitationRoutes(routes)
  tokenRoutes(routes)
  auditRoutes(routes)
  documentation(api, routes.operations, ctx)

  refuseOtherMethods(api)
  api.all('*', () => {
    throw new DomainError(
      'not-found',
      'There is nothing at this address. The addresses are listed at /api/admin/v1/docs.',
    )
  })
  return api
}

/** Registered behind all routes, so that only what none of them has taken arrives here. */
function refuseOtherMethods(api: OpenAPIHono): void {
  const methods = new Map<string, string[]>()
  for (const { path, method } of api.routes) {
    if (method !== 'ALL') methods.set(path, [...(methods.get(path) ?? []), method])
  }
  for (const [path, allowed] of methods) {
    const allow = [...allowed, ...(allowed.includes('GET') ? ['HEAD'] : [])].join(', ')
    const answer = () =>
      plainProblemAnswer(405, 'Method Not Allowed', `This address takes ${allow}.`, { Allow: allow })
    api.all(path, answer)
  }
}
