import { Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { DomainError } from '../../errors.ts'
import { logAnswers } from '../log-answers.ts'
import { faultSentence, refusalOf } from '../refusal.ts'
import { componentGroupRoutes } from './component-groups.ts'
import { componentRoutes } from './components.ts'
import { errorAnswer, faultAnswer } from './error-answer.ts'
import { incidentUpdateRoutes } from './incident-updates.ts'
import { incidentRoutes } from './incidents.ts'
import { pageRoutes } from './page.ts'
import { postmortemRoutes } from './postmortem.ts'
import { V1Routes } from './v1-routes.ts'

/**
 * Statuspage's admin API v1, for programs that were written for it: its addresses, bodies and answers, translated to
 * the same domain functions as the admin API's. Mounted at `/v1`. `docs/statuspage-v1.md` says what differs.
 */
export function statuspageV1(ctx: AppContext): Hono {
  const api = new Hono()
  api.use(logAnswers(ctx))
  api.onError((error, c) => {
    const refusal = refusalOf(ctx, error, c)
    return refusal ? errorAnswer(refusal) : faultAnswer(faultSentence(c.var.requestId))
  })

  const routes = new V1Routes(ctx, api)
  pageRoutes(routes)
  componentRoutes(routes)
  componentGroupRoutes(routes)
  incidentRoutes(routes)
  incidentUpdateRoutes(routes)
  postmortemRoutes(routes)

  api.all('*', () => {
    throw new DomainError(
      'not-found',
      'There is nothing at this address. Avow answers for pages, incidents, components and component groups.',
    )
  })
  return api
}
