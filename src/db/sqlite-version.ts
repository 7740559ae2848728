import { performance } from 'node:perf_hooks'
import BetterSqlite from 'better-sqlite3'
import { SqlitePlace } from './sqlite-place.ts'
import type { VersionWatch } from './version-watch.ts'

/**
 * `data_version` changes exactly when another connection has committed; only then the page's version is read.
 *
 * Requests share a look when the kernel has reported their sockets together: all of them had begun before the first of
 * them looked. Where 1,024 sockets are ready, the event loop goes back to the kernel within the same turn; the number of
 * events that it counts tells one report from the next.
 */
export function watchSqliteVersion(path: string): VersionWatch {
  const place = new SqlitePlace(path)
  const database = new BetterSqlite(path, { readonly: true, fileMustExist: true })
  database.pragma('busy_timeout = 0')
  const commits = database.prepare<[], number>('pragma data_version').pluck()
  const pageVersion = database.prepare<[], number>('select version from page').pluck()
  let seenCommit: number | undefined
  let seenVersion = 0
  let lookedAt = { loopCount: -1, events: -1 }

  function look(): number {
    place.assertKept()
    const commit = commits.get()
    if (commit !== seenCommit) {
      seenVersion = pageVersion.get() ?? 0
      seenCommit = commit
    }
    return seenVersion
  }

  function versionNow(): number {
    const report = performance.nodeTiming.uvMetricsInfo
    if (report.loopCount === lookedAt.loopCount && report.events === lookedAt.events) return seenVersion
    const version = look()
    lookedAt = report
    return version
  }

  return {
    versionNow,
    version: async () => look(),
    close: async () => {
      database.close()
    },
  }
}
