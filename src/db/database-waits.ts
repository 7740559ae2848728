import { channel } from 'node:diagnostics_channel'
import type { Transaction } from 'kysely'
import { startStopwatch } from '../lib/stopwatch.ts'
import type { Database } from './open.ts'
import type { Schema } from './schema.ts'

/** How long somebody waited until the database let them begin, or until they gave up. */
export interface DatabaseWait {
  for: 'read' | 'write'
  ms: number
}

/** Node's own meeting place: pages and the rest of the process open a database each, and share nothing else. */
const WAITS = channel('avow:database-wait')

/** Hears of every wait in this process, from now on. */
export function onDatabaseWait(hear: (wait: DatabaseWait) => void): void {
  WAITS.subscribe((wait) => hear(wait as DatabaseWait))
}

/** The same database; it tells how long its transactions wait to begin. Single questions are not measured. */
export function tellingWaits(database: Database): Database {
  return {
    ...database,
    snapshot: (work) => told('read', work, (begin) => database.snapshot(begin)),
    write: (work) => told('write', work, (begin) => database.write(begin)),
  }
}

type Work<Result> = (db: Transaction<Schema>) => Promise<Result>

async function told<Result>(
  what: DatabaseWait['for'],
  work: Work<Result>,
  run: (begin: Work<Result>) => Promise<Result>,
): Promise<Result> {
  const waited = startStopwatch()
  let isTold = false
  const tell = () => {
    if (!isTold) WAITS.publish({ for: what, ms: waited() } satisfies DatabaseWait)
    isTold = true
  }
  try {
    return await run((db) => {
      tell()
      return work(db)
    })
  } finally {
    tell()
  }
}
