import { sql, type Transaction } from 'kysely'
import type { Database } from './open.ts'
import type { Schema } from './schema.ts'

/** What a write has returned, and the same things as they are and as they would be. */
export interface Preview<Written, Seen> {
  written: Written
  before: Seen
  after: Seen
}

/**
 * What a write would change. It is made in a transaction that looks at its work, takes it back, looks again, and keeps
 * nothing: nobody else ever sees it. Looking second at how things are lets `look` know what the write has touched, and
 * under the lock of the writers nobody has changed anything in between.
 * @throws whatever the write throws, and what any write may: DomainError `busy` and so on
 */
export async function previewOn<Written, Seen>(
  database: Pick<Database, 'write'>,
  write: (db: Transaction<Schema>) => Promise<Written>,
  look: (db: Transaction<Schema>, written: Written) => Promise<Seen>,
): Promise<Preview<Written, Seen>> {
  const taken = new TakenBack<Preview<Written, Seen>>()
  try {
    await database.write(async (db) => {
      await sql`savepoint untouched`.execute(db)
      const written = await write(db)
      const after = await look(db, written)
      await sql`rollback to savepoint untouched`.execute(db)
      taken.result = { written, before: await look(db, written), after }
      throw taken
    })
  } catch (error) {
    if (error !== taken) throw error
  }
  if (taken.result === undefined) throw new Error('A preview has seen nothing.')
  return taken.result
}

/** Thrown at the end of a preview, because only what throws is rolled back. */
class TakenBack<Result> extends Error {
  result: Result | undefined
}
