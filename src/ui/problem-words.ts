import { ERROR_CODES, type ErrorCode } from '../errors.ts'

export interface ProblemWords {
  status: number
  title: string
  meaning: string
  remedy: string
}

/** What an error code of the API means and what to do about it; undefined for a code that no answer has. */
export function findProblemWords(code: string): ProblemWords | undefined {
  const known = ERROR_CODES.find((one) => one === code)
  return known && PROBLEMS[known]
}

const PROBLEMS: Record<ErrorCode, ProblemWords> = {
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
    title: 'The token is missing or not valid',
    meaning: 'This address needs a token. None came with the request, or it is unknown, expired or revoked.',
    remedy:
      'Send “Authorization: Bearer …” with a current token. An operator makes one with “avow token create”.',
  },
  forbidden: {
    status: 403,
    title: 'The token may not do this',
    meaning: 'The token is valid, but it lacks the scope that this address asks for. Nothing was changed.',
    remedy: 'Use a token with the scope that the answer names.',
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
      'The thing has changed since you read it, or another one holds the same name. Nothing was changed by this request.',
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
  },
  busy: {
    status: 503,
    title: 'The page is busy',
    meaning: 'The database could not take the change in time. It is not certain whether it was kept.',
    remedy:
      'Wait as many seconds as “Retry-After” says and repeat the request with the same “Idempotency-Key”: it has one effect, whatever happened.',
  },
}
