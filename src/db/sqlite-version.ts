import BetterSqlite from 'better-sqlite3'
import type { VersionWatch } from './version-watch.ts'

/** How many requests share one look, so that it is cheap for many and old for none. */
const REQUESTS_A_LOOK = 32

/**
 * `data_version` changes exactly when another connection has committed; only then the page's version is read.
 *
 * Requests that the event loop hands over in one turn had all come in before the first of them looked, so they share
 * its look; not more than a few, because a very full turn goes back for more.
 */
export function watchSqliteVersion(path: string): VersionWatch {
  const database = new BetterSqlite(path, { readonly: true, fileMustExist: true })
  database.pragma('busy_timeout = 0')
  const commits = database.prepare<[], number>('pragma data_version').pluck()
  const pageVersion = database.prepare<[], number>('select version from page').pluck()
  let seenCommit: number | undefined
  let seenVersion = 0
  let uses = 0

  function look(): number {
    const commit = commits.get()
    if (commit !== seenCommit) {
      seenVersion = pageVersion.get() ?? 0
      seenCommit = commit
    }
    return seenVersion
  }

  function versionNow(): number {
    if (uses > 0) {
      uses -= 1
      return seenVersion
    }
    const version = look()
    uses = REQUESTS_A_LOOK - 1
    setImmediate(() => {
      uses = 0
    })
    return version
  }

  return {
    versionNow,
    version: async () => versionNow(),
    close: async () => {
      database.close()
    },
  }
}
