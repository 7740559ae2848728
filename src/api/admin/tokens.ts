import { z } from '@hono/zod-openapi'
import { SCOPES } from '../../domain/staff/scopes.ts'
import {
  createToken,
  getToken,
  listTokens,
  revokeToken,
  type Token,
  TokenName,
  TokenScopes,
} from '../../domain/staff/tokens.ts'
import type { Tx } from '../../domain/tx.ts'
import { toIso } from '../../lib/instant.ts'
import { InstantIn, InstantOut, isoOrNull } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import type { Caller } from './admit.ts'
import { CursorId, CursorNumber, entriesAfter } from './cursor.ts'

export const TokenJson = z
  .object({
    id: z.string(),
    name: z.string(),
    staff_id: z.string().nullable().openapi({
      description:
        'The member of staff who made it: it may do no more, and ends when that person is shut out.',
    }),
    scopes: z.array(z.enum(SCOPES)),
    created_at: InstantOut,
    expires_at: InstantOut.nullable(),
    last_used_at: InstantOut.nullable(),
    revoked_at: InstantOut.nullable(),
  })
  .openapi('Token')

export const NewTokenBody = z.strictObject({
  name: TokenName,
  scopes: TokenScopes,
  expires_at: InstantIn.nullable().default(null),
})

export const NewTokenJson = TokenJson.extend({
  secret: z.string().openapi({ description: 'Shown in this answer and never again.' }),
}).openapi('NewToken')

const scope = 'staff:write'
const tag = 'Tokens'

export function tokenRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/tokens',
      scope,
      tag,
      summary: 'List the tokens',
      description: 'Revoked ones too, so that the audit log can be read. Never their secrets.',
      item: TokenJson,
      cursor: z.tuple([CursorNumber, CursorId]),
    },
    {
      rows: async (reader, page) => entriesAfter(await listTokens(reader), placeOf, page),
      cursorOf: placeOf,
      json: async (_reader, tokens) => tokens.map(tokenJson),
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/tokens',
      scope,
      tag,
      summary: 'Make a token',
      body: NewTokenBody,
      answer: NewTokenJson,
      isSecret: true,
    },
    (tx, { body, caller }) => createTokenOf(tx, body, caller),
  )
  routes.write(
    { method: 'delete', path: '/tokens/{id}', scope, tag, summary: 'Revoke a token', answer: TokenJson },
    async (tx, { params }) => {
      await revokeToken(tx, params.id)
      return tokenJson(await getToken(tx.db, params.id))
    },
  )
}

/** Makes a token that belongs to whoever asks, where that is a person. */
export async function createTokenOf(
  tx: Tx,
  { name, scopes, expires_at: expiresAt }: z.output<typeof NewTokenBody>,
  { staff }: Caller,
): Promise<z.input<typeof NewTokenJson>> {
  const { id, secret } = await createToken(tx, { name, scopes, expiresAt, staffId: staff?.id ?? null })
  return { ...tokenJson(await getToken(tx.db, id)), secret }
}

export function tokenJson(token: Token): z.input<typeof TokenJson> {
  return {
    id: token.id,
    name: token.name,
    staff_id: token.staffId,
    scopes: token.scopes,
    created_at: toIso(token.createdAt),
    expires_at: isoOrNull(token.expiresAt),
    last_used_at: isoOrNull(token.lastUsedAt),
    revoked_at: isoOrNull(token.revokedAt),
  }
}

function placeOf(token: Token): [number, string] {
  return [token.createdAt, token.id]
}
