import { allows, SCOPES, type Scope } from '../../../src/domain/staff/scopes.ts'
import { expect, test } from '../../support/site.ts'
import { send, v1Client } from './client.ts'

/** What each operation asks for; one that is not here fails the test. */
const NEEDED: [method: string, path: string, scope: Scope][] = [
  ['GET', '/pages', 'read'],
  ['GET', '/pages/:page', 'read'],
  ['PATCH PUT', '/pages/:page', 'components:write'],
  ['GET', '/pages/:page/components', 'read'],
  ['POST', '/pages/:page/components', 'components:write'],
  ['GET', '/pages/:page/components/:id', 'read'],
  ['PATCH PUT DELETE', '/pages/:page/components/:id', 'components:write'],
  ['GET', '/pages/:page/components/:id/uptime', 'read'],
  ['GET', '/pages/:page/component-groups', 'read'],
  ['POST', '/pages/:page/component-groups', 'components:write'],
  ['GET', '/pages/:page/component-groups/:id', 'read'],
  ['PATCH PUT DELETE', '/pages/:page/component-groups/:id', 'components:write'],
  ['GET', '/pages/:page/incidents', 'read'],
  ['GET', '/pages/:page/incidents/unresolved', 'read'],
  ['GET', '/pages/:page/incidents/scheduled', 'read'],
  ['GET', '/pages/:page/incidents/upcoming', 'read'],
  ['GET', '/pages/:page/incidents/active_maintenance', 'read'],
  ['POST', '/pages/:page/incidents', 'incidents:write'],
  ['GET', '/pages/:page/incidents/:id', 'read'],
  ['PATCH PUT DELETE', '/pages/:page/incidents/:id', 'incidents:write'],
  ['PATCH PUT', '/pages/:page/incidents/:id/incident_updates/:update', 'incidents:write'],
  ['GET', '/pages/:page/incidents/:id/postmortem', 'read'],
  ['PUT DELETE', '/pages/:page/incidents/:id/postmortem', 'incidents:write'],
  ['PUT', '/pages/:page/incidents/:id/postmortem/publish', 'incidents:write'],
  ['PUT', '/pages/:page/incidents/:id/postmortem/revert', 'incidents:write'],
]

test('every operation lets in who has its scope, and nobody else', async ({ site }) => {
  const operations = NEEDED.flatMap(([methods, path, scope]) =>
    methods.split(' ').flatMap((method) =>
      // A parameter at the end takes `.json` with it.
      (/:\w+$/.test(path) ? [path] : [path, `${path}.json`]).map((address) => ({
        method,
        path: address,
        scope,
      })),
    ),
  )
  const routes = site.web.routes
    .filter(({ path, method }) => path.startsWith('/v1/') && method !== 'ALL')
    .map(({ path, method }) => `${method} ${path.slice('/v1'.length)}`)
  expect([...new Set(routes)].sort()).toEqual(
    operations.map(({ method, path }) => `${method} ${path}`).sort(),
  )

  const secrets = new Map<Scope, string>()
  for (const scope of SCOPES) secrets.set(scope, (await v1Client(site, scope)).secret)
  const { page } = await v1Client(site, 'read')
  const wrong: string[] = []
  for (const { method, path, scope } of operations) {
    const address = path.replace(':page', page).replaceAll(/:(id|update)/g, 'nothing00000')
    // Wrong on purpose, so that nothing changes.
    const body = method === 'GET' ? undefined : '{"nothing": true}'
    const ask = async (headers: Record<string, string>) =>
      (await send(site, method, address, { body, headers })).status
    if ((await ask({})) !== 401) wrong.push(`${method} ${path} without a token`)
    for (const [given, secret] of secrets) {
      const isLetIn = (await ask({ Authorization: `OAuth ${secret}` })) !== 403
      if (isLetIn !== allows([given], scope)) wrong.push(`${method} ${path} with ${given}`)
    }
  }
  expect(wrong).toEqual([])
})
