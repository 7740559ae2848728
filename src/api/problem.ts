import { DomainError, ERROR_CODES, type ErrorCode } from '../errors.ts'

/** What a problem is called, which status it has, what it means, and what to do about it. */
export interface Problem {
  status: number
  title: string
  meaning: string
  remedy: string
  /** What HTTP asks such an answer to carry. */
  headers?: Record<string, string>
}

/** The only table from a code to a status and a title. `/problems/:code` shows it to whoever follows a type. */
export const PROBLEMS: Record<ErrorCode, Problem> = {
  invalid: {
    status: 422,
    title: 'A field is not valid',
    meaning: 'The request was read, but a field in it cannot be accepted. Nothing was changed.',
    remedy:
      'Look at “errors” in the answer: each entry points to one field and says what is wrong. Mend them and send it again.',
  },
  malformed: {
    status: 400,
    title: 'The request cannot be read',
    meaning: 'The body is not the JSON that this address expects. Nothing was changed.',
    remedy: 'Send one JSON object as UTF-8 with “Content-Type: application/json”.',
  },
  unauthenticated: {
    status: 401,
    title: 'Nobody has signed in',
    meaning:
      'This address is for staff. No token and no session came with the request, or it is unknown, expired or ended.',
    remedy:
      'Sign in, or send “Authorization: Bearer …” with a current token. An operator makes one with “avow token create”.',
    headers: { 'WWW-Authenticate': 'Bearer realm="avow"' },
  },
  forbidden: {
    status: 403,
    title: 'You may not do this',
    meaning:
      'The token or role is known, but it lacks the scope that this address asks for. Nothing was changed.',
    remedy: 'Use a token with the scope that the answer names, or ask an administrator for another role.',
  },
  'not-found': {
    status: 404,
    title: 'There is nothing here',
    meaning:
      'Nothing has this id or address. Ids never change, so it was never there or the link has a slip in it.',
    remedy: 'Compare the id with the list that you took it from.',
  },
  conflict: {
    status: 409,
    title: 'Something else came first',
    meaning:
      'The thing has changed since you read it, or another one holds the same name. Nothing was changed.',
    remedy: 'Look at “current” in the answer, decide again, and send it again if it still applies.',
  },
  'too-large': {
    status: 413,
    title: 'The request is too large',
    meaning:
      'The body is larger than this address accepts. It was not read to its end and nothing was changed.',
    remedy: 'Send less at once.',
  },
  'too-many': {
    status: 429,
    title: 'Too many requests',
    meaning: 'Requests come faster than this address accepts them. Nothing was changed.',
    remedy: 'Wait as many seconds as “Retry-After” says, then send it again.',
    headers: { 'Retry-After': '60' },
  },
  busy: {
    status: 503,
    title: 'The page is busy',
    meaning: 'The database could not take the request in time.',
    remedy:
      'Wait as many seconds as “Retry-After” says and repeat the request with the same “Idempotency-Key”: it has one effect, whatever happened.',
    headers: { 'Retry-After': '2' },
  },
  'outcome-unknown': {
    status: 503,
    title: 'The outcome is unknown',
    meaning: 'The database failed while the change was being stored. It may have been stored or not.',
    remedy:
      'Wait as many seconds as “Retry-After” says and repeat the request with the same “Idempotency-Key”: it has one effect, whatever happened. If it had no key, look first what is there.',
    headers: { 'Retry-After': '2' },
  },
  'no-space': {
    status: 507,
    title: 'There is no space left',
    meaning: 'The database has no space to store the change. Nothing was changed; reading goes on.',
    remedy:
      'Whoever runs this page has to make room. Then repeat the request; nothing has to be started again.',
  },
  unavailable: {
    status: 503,
    title: 'The database cannot be used',
    meaning: 'The database is damaged, read-only or away. Nothing was changed.',
    remedy:
      'Wait as many seconds as “Retry-After” says and repeat the request. If this lasts, tell whoever runs this page.',
    headers: { 'Retry-After': '5' },
  },
}

/** What a code means; undefined for one that no answer has. */
export function findProblem(code: string): Problem | undefined {
  const known = ERROR_CODES.find((one) => one === code)
  return known && PROBLEMS[known]
}

/** The one unreadable request that HTTP has a status of its own for. */
export class UnsupportedMediaType extends DomainError {
  constructor() {
    super('malformed', 'Send the body as “Content-Type: application/json”.')
  }
}

/** What went wrong, as `application/problem+json` (RFC 9457), with every wrong field named. */
export function problemAnswer(origin: string, error: DomainError): Response {
  const problem = PROBLEMS[error.code]
  const status = error instanceof UnsupportedMediaType ? 415 : problem.status
  const body = {
    type: `${origin}/problems/${error.code}`,
    title: problem.title,
    status,
    detail: error.message,
    errors: error.fields.map(({ pointer, message }) => ({ pointer, detail: message })),
    ...(error.current !== undefined && { current: error.current }),
  }
  return problemJson(status, body, problem.headers ?? {})
}

/** A problem that HTTP itself names, such as 405: its type is `about:blank`, and the status says all. */
export function plainProblemAnswer(
  status: 404 | 405 | 500,
  title: string,
  detail: string,
  headers: Record<string, string> = {},
): Response {
  return problemJson(status, { type: 'about:blank', title, status, detail, errors: [] }, headers)
}

function problemJson(status: number, body: object, headers: Record<string, string>): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'Content-Type': 'application/problem+json' },
  })
}
