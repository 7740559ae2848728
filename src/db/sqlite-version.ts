import { performance } from 'node:perf_hooks'
import BetterSqlite from 'better-sqlite3'
import { rest } from '../lib/rest.ts'
import { startStopwatch } from '../lib/stopwatch.ts'
import { SqlitePlace } from './sqlite-place.ts'
import type { VersionWatch } from './version-watch.ts'

/**
 * How often is looked whether the file is in its place, which costs as much as the version itself. Who writes looks each
 * time, so that nothing is acknowledged that is lost; for telling readers the age of what they get this is enough.
 */
const PLACE_EVERY_MS = 50

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
  let sincePlace: (() => number) | undefined

  function look(): number {
    assertInPlace()
    const commit = commits.get()
    if (commit !== seenCommit) {
      seenVersion = pageVersion.get() ?? 0
      seenCommit = commit
    }
    return seenVersion
  }

  function assertInPlace(): void {
    if (sincePlace !== undefined && sincePlace() < PLACE_EVERY_MS) return
    sincePlace = undefined
    place.assertKept()
    sincePlace = startStopwatch()
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
    untilWritten: rest,
    close: async () => {
      database.close()
    },
  }
}
