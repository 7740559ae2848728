import type { AdminRoutes } from './admin-routes.ts'
import { TokenJson, tokenJson } from './tokens.ts'

export function meRoutes(routes: AdminRoutes): void {
  routes.read(
    {
      path: '/me',
      scope: 'read',
      tag: 'Tokens',
      summary: 'Read what the token in use may do',
      answer: TokenJson,
    },
    async (_reader, { token }) => tokenJson(token),
  )
}
