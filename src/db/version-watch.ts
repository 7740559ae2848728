import { watchPostgresVersion } from './postgres-version.ts'
import { watchSqliteVersion } from './sqlite-version.ts'

/** Tells cheaply whether anything public can have changed, on a connection of its own. */
export interface VersionWatch {
  /**
   * The page's version; every write that was acknowledged before the request at hand came in is in it, whichever
   * process made it.
   * @throws Error when the database cannot be asked or takes too long
   */
  version(): Promise<number>
  /**
   * The same without waiting, for a request that a socket has just brought, the first that was read from it; undefined
   * where the database is asked over a connection.
   */
  versionNow(): number | undefined
  /**
   * Rests so many milliseconds, or until a write is told of or the signal comes. PostgreSQL tells of writes (`LISTEN`),
   * SQLite of none; what is told may be lost with a connection, so whoever rests looks all the same.
   */
  untilWritten(ms: number, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}

/** Watches a prepared database; `onLost` hears of connections that broke while idle. */
export function openVersionWatch(url: string, onLost: (error: Error) => void): VersionWatch {
  return url.startsWith('file:')
    ? watchSqliteVersion(url.slice('file:'.length))
    : watchPostgresVersion(url, onLost)
}
