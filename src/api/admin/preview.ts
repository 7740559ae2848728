import { z } from '@hono/zod-openapi'
import type { AppContext } from '../../context.ts'
import { findNewestEvent } from '../../domain/events/newest-event.ts'
import { readOutlook } from '../../domain/status-page/consequences/read-outlook.ts'
import { readTouched } from '../../domain/status-page/consequences/touched.ts'
import type { Actor, Tx } from '../../domain/tx.ts'
import { DomainError } from '../../errors.ts'
import { ConsequencesJson, consequencesJson } from './consequences-json.ts'

/**
 * How a write is asked for its consequences. A parameter and no preference (RFC 7240): a server may ignore a preference,
 * and a proxy may drop one, and then what was meant as a question would be published. An unknown parameter is refused.
 */
export const PreviewQuery = z.strictObject({
  preview: z.enum(['true', 'false']).default('false').openapi({
    description:
      '`true` changes nothing and answers 200 with what this would come to, or with the error that it would have.',
  }),
})

/** @throws DomainError `invalid` for a preference, which whoever sends it believes to be heard */
export function assertNoPreference(request: Request): void {
  if (!/(^|[,;\s])preview\b/i.test(request.headers.get('Prefer') ?? '')) return
  const message =
    'Ask for a preview with ?preview=true: a preference may get lost, and this would be published.'
  throw new DomainError('invalid', message, { fields: [{ pointer: 'Prefer', message }] })
}

/** What a write would come to; nothing of it is kept. */
export async function preview(
  ctx: AppContext,
  actor: Actor,
  write: (tx: Tx) => Promise<unknown>,
): Promise<z.output<typeof ConsequencesJson>> {
  const previewed = await ctx.preview(
    actor,
    async (tx) => {
      const before = await findNewestEvent(tx.db)
      await write(tx)
      return readTouched(tx.db, before?.id ?? 0)
    },
    (reader, touched, now) => readOutlook(reader, touched, { url: ctx.config.url, now }),
  )
  return ConsequencesJson.parse(consequencesJson(previewed))
}
