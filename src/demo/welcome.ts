import { type Cast, idOf, withIds } from './act.ts'
import type { DemoSignIn } from './staff.ts'
import { PRIVATE_SECRET } from './terms.ts'
import { OPEN_INCIDENT } from './today.ts'

/** How to use the demo, with its API token and how staff sign in. */
export function welcome(
  url: string,
  { token, signIn }: { token: string; signIn: DemoSignIn },
  cast: Cast,
): string {
  const incidentId = idOf(cast, `incident/${OPEN_INCIDENT}`)
  const body = JSON.stringify({
    status: 'monitoring',
    body: 'Card payments go through again. We are watching.',
    components: withIds(cast, 'component', { cards: 'operational', checkout: 'operational' }),
  })
  return `
The demo is ready. Stop it with Ctrl+C; each start makes it anew.

  Page       ${url}
  Console    ${url}/admin
  Sign in    ${signIn.email}, password ${signIn.password}
  API token  ${token}

Post an update to the open incident:

  curl -X POST ${url}/api/admin/v1/incidents/${incidentId}/updates -H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json' -d '${body}'

`
}

/** Where the demo's customer sees its own terms; the address is as secret as a key, and another one at each start. */
export function privateAddress(url: string, cast: Cast): string {
  return `A customer under contract sees its own terms at ${url}/private/${idOf(cast, PRIVATE_SECRET)}\n`
}
