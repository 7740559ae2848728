import pg from 'pg'
import { rest } from '../lib/rest.ts'
import { within } from '../lib/within.ts'
import { WRITTEN } from './postgres.ts'
import type { VersionWatch } from './version-watch.ts'

/** Who reads a page waits no longer to learn whether it has changed. */
const LIMIT_MS = 250
/** When a connection that says nothing is given up and made anew. */
const SILENCE_MS = 5_000

/**
 * One question for many requests: those that come while it is under way wait for the next one, because this one may
 * have been answered before a write that they must see.
 */
export function watchPostgresVersion(url: string, onLost: (error: Error) => void): VersionWatch {
  let toldOfWrite = new AbortController()
  const pool = new pg.Pool({
    connectionString: url,
    max: 1,
    idleTimeoutMillis: 0,
    keepAlive: true,
    connectionTimeoutMillis: SILENCE_MS,
    query_timeout: SILENCE_MS,
    // Also of the connection that takes the place of a lost one; it is waited for.
    onConnect: async (client) => {
      client.on('notification', () => {
        toldOfWrite.abort()
        toldOfWrite = new AbortController()
      })
      // A standby tells nobody; it can be asked all the same.
      await client.query(`listen ${WRITTEN}`).catch(onLost)
    },
  })
  pool.on('error', onLost)

  async function ask(): Promise<number> {
    const { rows } = await pool.query({ name: 'page-version', text: 'select version from page' })
    return Number(rows[0]?.version ?? 0)
  }

  let underWay: Promise<unknown> = Promise.resolve()
  let next: Promise<number> | undefined
  return {
    version: () => {
      // While a question is overdue, this promise is already rejected: nobody else waits in vain.
      next ??= within(
        LIMIT_MS,
        underWay.then(() => {
          next = undefined
          const answer = ask()
          underWay = answer.catch(() => undefined)
          return answer
        }),
      )
      return next
    },
    versionNow: () => undefined,
    untilWritten: (ms, signal) => rest(ms, AbortSignal.any([signal, toldOfWrite.signal])),
    close: () => pool.end(),
  }
}
