import { DomainError } from '../errors.ts'

/** What a client is told when a database does not do its work, by the code that it gives; the longest start counts. */
const REFUSALS: Record<string, () => DomainError> = {
  SQLITE_BUSY: refusedAsBusy,
  SQLITE_FULL: noSpace,
  SQLITE_IOERR: unavailable,
  SQLITE_CORRUPT: damaged,
  SQLITE_NOTADB: damaged,
  SQLITE_READONLY: unavailable,
  SQLITE_CANTOPEN: unavailable,
}

/** What a client is told when an error is the database's own; undefined when it comes of what was asked. */
export function databaseRefusal(error: unknown): DomainError | undefined {
  const code = codeOf(error)
  const known = Object.keys(REFUSALS).find((start) => code === start || code.startsWith(`${start}_`))
  return known === undefined ? undefined : REFUSALS[known]?.()
}

/**
 * What a failed COMMIT comes to: for want of space nothing was stored, for all else of the database nobody knows. An
 * error that is none of the database's stays as it is.
 */
export function failedCommit(error: unknown): unknown {
  const refusal = databaseRefusal(error)
  if (refusal === undefined || refusal.code === 'no-space' || refusal.code === 'busy') return error
  const message = 'The database failed while it stored the change. It may have been stored or not.'
  return new DomainError('outcome-unknown', message, { cause: error })
}

/** Whether the database has found itself damaged, which only a restored backup mends. */
export function isDamage(error: unknown): boolean {
  return /^SQLITE_(CORRUPT|NOTADB)/.test(codeOf(error))
}

export function refusedAsBusy(): DomainError {
  return new DomainError('busy', 'The database is busy. Try again in a moment.')
}

function noSpace(): DomainError {
  return new DomainError('no-space', 'The database has no space left to store anything.')
}

function unavailable(): DomainError {
  return new DomainError('unavailable', 'The database cannot be used at present. Nothing was changed.')
}

function damaged(): DomainError {
  return new DomainError('unavailable', 'The database is damaged. Nothing is written to it any more.')
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}
