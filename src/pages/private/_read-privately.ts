import type { AppContext } from '../../context.ts'
import { findContractBySecret } from '../../domain/sla/terms/contract-links.ts'
import type { Contract } from '../../domain/sla/terms/contracts.ts'
import { readAudience } from '../../domain/status-page/audience.ts'
import type { ContractViewpoint } from '../../domain/status-page/read-contract-page.ts'
import type { Reader } from '../../domain/tx.ts'
import { secretOf } from '../../lib/private-address.ts'

/**
 * Asks from the viewpoint of whoever has the secret in a private address, and says what addresses begin with that stay
 * inside it. Undefined for an unknown or ended link, and where the page shows no commitments: then nothing is there.
 */
export async function readPrivately<View>(
  { request, locals: { ctx } }: { request: Request; locals: { ctx: AppContext } },
  read: (reader: Reader, viewpoint: ContractViewpoint) => Promise<View | undefined>,
): Promise<{ base: string; contract: Contract; view: View } | undefined> {
  const secret = secretOf(request)
  if (secret === undefined) return undefined
  return ctx.snapshot(async (reader) => {
    const contract = await findContractBySecret(reader, secret)
    if (contract === undefined) return undefined
    const viewpoint = { url: ctx.config.url, now: ctx.now(), contract }
    const { seesCommitments } = await readAudience(reader, viewpoint)
    const view = seesCommitments ? await read(reader, viewpoint) : undefined
    return view && { base: `/private/${secret}`, contract, view }
  })
}
