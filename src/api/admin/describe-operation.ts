import { type RouteConfig, z } from '@hono/zod-openapi'
import { BODY_LIMIT_BYTES } from '../read-body.ts'
import { FINGERPRINT_HEADER } from './answer-write.ts'
import { ConsequencesJson } from './consequences-json.ts'
import { type Operation, statusOf } from './operation.ts'

export const ProblemJson = z
  .object({
    type: z
      .string()
      .openapi({ format: 'uri-reference', description: 'An address that says what this code means.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(
      z.object({
        pointer: z.string().openapi({
          description:
            'A JSON pointer into the body, `?name` for a query parameter, or the name of a header.',
        }),
        detail: z.string(),
      }),
    ),
    current: z.unknown().optional().openapi({ description: 'How things stand, after a lost race.' }),
  })
  .openapi('Problem')

/** Upon which version of a thing a change to it was decided. */
export const BASIS_HEADER = 'Based-On'

const Basis = z.object({
  [BASIS_HEADER]: z.string().optional().openapi({
    description:
      'The `version` of the thing that you decided upon. When it has changed since, the answer is 409 and nothing is changed.',
  }),
})

const IdempotencyKey = z.object({
  'Idempotency-Key': z.string().min(1).max(255).optional().openapi({
    description: 'The same key and the same request have one effect and get one answer.',
  }),
  [FINGERPRINT_HEADER]: z.string().min(1).max(255).optional().openapi({
    description:
      'With it in place of the body two requests are compared that have the same key: for a client whose body follows from what it has just read.',
  }),
})

/** An operation as OpenAPI tells it. */
export function describeOperation(operation: Operation): RouteConfig {
  const {
    method,
    path,
    scope,
    isPersonal = false,
    tag,
    summary,
    description,
    query,
    body,
    bodyLimitBytes = BODY_LIMIT_BYTES,
  } = operation
  const names = [...path.matchAll(/\{(.+?)\}/g)].map(([, name]) => name ?? '')
  return {
    method,
    path,
    summary,
    ...(description !== undefined && { description }),
    operationId: `${method}${path.replaceAll(/[/{}-]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`,
    tags: [tag],
    security: [...(isPersonal ? [] : [{ token: [scope] }]), { session: [scope] }],
    request: {
      ...(names.length > 0 && {
        params: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))),
      }),
      ...(query instanceof z.ZodObject && { query }),
      ...(method !== 'get' && {
        headers: headersOf(names.length > 0 || operation.assertUnchanged !== undefined),
      }),
      ...(body && {
        body: {
          required: !body.safeParse({}).success,
          description: `At most ${bodyLimitBytes / 1024} kB; unknown fields are refused.`,
          content: { 'application/json': { schema: body } },
        },
      }),
    },
    responses: responsesOf(operation),
  }
}

function responsesOf(operation: Operation): RouteConfig['responses'] {
  const { method, answer } = operation
  const status = statusOf(operation)
  const said = answer
    ? { description: 'Done.', content: { 'application/json': { schema: answer } } }
    : { description: 'Done; there is nothing to say.' }
  return {
    [status]: said,
    ...(method !== 'get' && { 200: previewResponse(status === 200 ? answer : undefined) }),
    default: {
      description: 'What went wrong (RFC 9457).',
      content: { 'application/problem+json': { schema: ProblemJson } },
    },
  }
}

function headersOf(hasSubject: boolean): z.ZodObject {
  return z.object({
    ...IdempotencyKey.shape,
    ...(hasSubject && Basis.shape),
  })
}

/** Beside what is answered with the same status where nothing was only asked, if there is any. */
function previewResponse(answer: z.ZodType | undefined) {
  const schema = answer ? z.union([answer, ConsequencesJson]) : ConsequencesJson
  const preview = 'what it would come to, of a preview.'
  return {
    description: answer ? `Done; or ${preview}` : `Nothing done: ${preview}`,
    content: { 'application/json': { schema } },
  }
}
