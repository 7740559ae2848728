import { allRows } from '../../support/all-rows.ts'
import type { Site } from '../../support/site.ts'

/** All rows, but for when a token was last used, which is kept behind the answer to any request. */
export async function keptRows({ ctx }: Site): Promise<Map<string, unknown[]>> {
  const rows = await allRows(ctx.read)
  const tokens = rows.get('token') as { last_used_at: number | null }[]
  return rows.set(
    'token',
    tokens.map((token) => ({ ...token, last_used_at: null })),
  )
}
