import type { Scope } from '../domain/staff/scopes.ts'
import { createToken } from '../domain/staff/tokens.ts'
import type { Actor } from '../domain/tx.ts'
import { DAY_MS } from '../lib/instant.ts'
import { withContext } from './with-context.ts'

const OPERATOR: Actor = { kind: 'operator', id: null, name: 'command line' }

/** `avow token create`: writes the secret and nothing else; it cannot be shown again. */
export async function createTokenCommand(
  options: { name: string; scope: Scope[]; expires?: number },
  write: (line: string) => void,
): Promise<void> {
  const { secret } = await withContext((ctx) =>
    ctx.write(OPERATOR, (tx) =>
      createToken(tx, {
        name: options.name,
        scopes: options.scope,
        expiresAt: options.expires === undefined ? null : tx.now + options.expires * DAY_MS,
      }),
    ),
  )
  write(secret)
}
