import type { Kysely, Transaction } from 'kysely'
import type { Schema } from '../db/schema.ts'
import type { Instant } from '../lib/instant.ts'

/** What reading functions take: a connection or a transaction, able to select and to do nothing else. */
export type Reader = Pick<Kysely<Schema>, 'selectFrom' | 'selectNoFrom' | 'with' | 'fn'>

/** Who is acting. `job` is Avow itself: what it posts is nobody's response. */
export interface Actor {
  kind: 'staff' | 'token' | 'operator' | 'import' | 'job'
  id: string | null
  name: string
}

/** One transaction: one actor and one moment. Writing functions take it first and use nothing else. */
export interface Tx {
  db: Transaction<Schema>
  actor: Actor
  now: Instant
}
