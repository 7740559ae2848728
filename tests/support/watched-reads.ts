import type { CompiledQuery, Kysely, QueryId, RootOperationNode } from 'kysely'
import type { Schema } from '../../src/db/schema.ts'
import type { Reader } from '../../src/domain/tx.ts'

/** A question that was put to the database, and how many rows came back. */
export interface WatchedRead {
  query: CompiledQuery
  rows: number
}

/** The same database or transaction, which notes everything that it is asked. */
export function watchReads<Db extends Reader>(asked: Db): { db: Db; reads: WatchedRead[] } {
  // Whatever reads is a Kysely; the type `Reader` only hides what could write.
  const db = asked as unknown as Kysely<Schema>
  const reads: WatchedRead[] = []
  const nodes = new WeakMap<QueryId, RootOperationNode>()
  const watched = db.withPlugin({
    transformQuery: ({ node, queryId }) => {
      nodes.set(queryId, node)
      return node
    },
    transformResult: async ({ queryId, result }) => {
      const node = nodes.get(queryId)
      if (node === undefined) throw new Error('There is an answer without a question.')
      reads.push({ query: db.getExecutor().compileQuery(node, queryId), rows: result.rows.length })
      return result
    },
  })
  // Of the same kind as what was handed in: a plugin changes neither what it can do nor what it is bound to.
  return { db: watched as unknown as Db, reads }
}

export function rowsOf(reads: readonly WatchedRead[]): number {
  return reads.reduce((sum, { rows }) => sum + rows, 0)
}
