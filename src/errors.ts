/** What can be wrong with a request, whoever makes it; `api/problem.ts` turns a code into a status. */
export const ERROR_CODES = [
  'invalid',
  'malformed',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'too-large',
  'too-many',
  'busy',
  'outcome-unknown',
  'no-space',
  'unavailable',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** One wrong field: a JSON pointer (RFC 6901) into the body, or `?name` for a query parameter, and a sentence. */
export interface FieldError {
  pointer: string
  message: string
}

/**
 * Something the person who asked can understand and mend. Thrown, it rolls the transaction back.
 * The message is a sentence for that person; an internal error's text never goes in here.
 */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly fields: FieldError[]
  /** The state that won a lost race, so that nobody has to ask for it again. */
  readonly current: unknown

  constructor(
    code: ErrorCode,
    message: string,
    details: { fields?: FieldError[]; current?: unknown; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause })
    this.name = 'DomainError'
    this.code = code
    this.fields = details.fields ?? []
    this.current = details.current
  }
}

/** A single wrong field, as an `invalid` error that names it. */
export function invalidField(pointer: string, message: string): DomainError {
  return new DomainError('invalid', message, { fields: [{ pointer, message }] })
}
