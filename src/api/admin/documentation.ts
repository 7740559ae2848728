import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppContext } from '../../context.ts'
import { cookieName } from '../../lib/cookies.ts'
import { describeOperation } from './describe-operation.ts'
import { docsPage } from './docs.ts'
import { DOCS_CSS } from './docs-css.ts'
import type { Operation } from './operation.ts'

const DESCRIPTION = `Everything that staff can do, for programs. Send a token as “Authorization: Bearer …”.
Times are ISO 8601: with an offset or Z on the way in, always Z on the way out.
Errors are problem+json (RFC 9457) and name every wrong field.
A change with an Idempotency-Key has one effect, however often it arrives.
Whatever changes something takes ?preview=true: then nothing is changed, and the answer says what would be.
Deadlines and verdicts are computed; no request writes them.`

export type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

/**
 * What the API says of itself, to anybody: the OpenAPI document, and the same as a page. Its operations are described when
 * somebody asks, because that takes longer than to add them.
 */
export function documentation(api: OpenAPIHono, operations: readonly Operation[], ctx: AppContext): void {
  let document: OpenApiDocument | undefined
  const read = () => {
    document ??= openApiDocument(api, operations, ctx.config.url)
    return document
  }
  api.get('/openapi.json', (c) => c.json(read()))
  api.get('/docs', (c) => c.html(docsPage(read())))
  api.get('/docs.css', (c) => c.body(DOCS_CSS, 200, { 'Content-Type': 'text/css; charset=utf-8' }))
}

function openApiDocument(
  api: OpenAPIHono,
  operations: readonly Operation[],
  origin: string,
): OpenApiDocument {
  for (const operation of operations) api.openAPIRegistry.registerPath(describeOperation(operation))
  api.openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token with the scope that is named beside each operation; `read` is any token.',
  })
  api.openAPIRegistry.registerComponent('securitySchemes', 'session', {
    type: 'apiKey',
    in: 'cookie',
    name: cookieName('avow', origin),
    description:
      'A person who has signed in, with a role that has the scope; writes only from pages of this site.',
  })
  return api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Avow admin API', version: '1', description: DESCRIPTION, license: { name: 'MIT' } },
    servers: [{ url: `${origin}/api/admin/v1` }],
  })
}
