import { DomainError } from '../errors.ts'

/** What a database says of itself by a code, SQLite's, PostgreSQL's or the network's. */
const BY_CODE: [RegExp, () => DomainError][] = [
  [/^SQLITE_BUSY/, refusedAsBusy],
  // Lock not available, deadlock, serialization failure, too many connections.
  [/^(55P03|40P01|40001|53300)$/, refusedAsBusy],
  [/^(SQLITE_FULL|53100)$/, noSpace],
  [/^SQLITE_(CORRUPT|NOTADB)|^XX00[12]$/, damaged],
  [/^SQLITE_(IOERR|READONLY|CANTOPEN)/, unavailable],
  // Connection exceptions, a server that shuts down or starts, and one that only reads.
  [/^(08...|57P0.|25006)$/, unavailable],
  [/^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)$/, unavailable],
]

/** What the driver of PostgreSQL says by a sentence alone. */
const BY_MESSAGE: [RegExp, () => DomainError][] = [
  [/^timeout exceeded when trying to connect/, refusedAsBusy],
  [/^Connection terminated|^Client has encountered a connection error|^Client was closed/, unavailable],
]

/** What a client is told when an error is the database's own; undefined when it comes of what was asked. */
export function databaseRefusal(error: unknown): DomainError | undefined {
  const { code, message, severity } = (error ?? {}) as Record<string, unknown>
  const known = (table: [RegExp, () => DomainError][], said: unknown) =>
    typeof said === 'string' ? table.find(([pattern]) => pattern.test(said))?.[1]() : undefined
  // PostgreSQL calls FATAL what ends a connection.
  const fatal = severity === 'FATAL' ? unavailable() : undefined
  return known(BY_CODE, code) ?? known(BY_MESSAGE, message) ?? fatal
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
  const { code } = (error ?? {}) as Record<string, unknown>
  return typeof code === 'string' && /^SQLITE_(CORRUPT|NOTADB)/.test(code)
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
