import { z } from '@hono/zod-openapi'
import type { StaffId } from '../../domain/staff/staff.ts'
import { getToken, listTokens, revokeToken, type TokenId } from '../../domain/staff/tokens.ts'
import type { Reader } from '../../domain/tx.ts'
import { DomainError } from '../../errors.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { personOf } from './admit.ts'
import { createTokenOf, NewTokenBody, NewTokenJson, TokenJson, tokenJson } from './tokens.ts'

const personal = { scope: 'read', isPersonal: true, tag: 'Me' } as const

/** The tokens of whoever asks: each may do no more than its maker, and ends when that person is shut out. */
export function ownTokenRoutes(routes: AdminRoutes): void {
  routes.read(
    {
      ...personal,
      path: '/me/tokens',
      summary: 'List your tokens',
      description: 'Those that are revoked too. Never their secrets.',
      answer: z.object({ items: z.array(TokenJson) }),
    },
    async (reader, { caller }) => {
      const { id } = personOf(caller)
      const tokens = await listTokens(reader)
      return { items: tokens.filter(({ staffId }) => staffId === id).map(tokenJson) }
    },
  )
  routes.write(
    {
      ...personal,
      method: 'post',
      path: '/me/tokens',
      summary: 'Make a token of your own',
      description: 'With scopes of your role.',
      body: NewTokenBody,
      answer: NewTokenJson,
      isSecret: true,
    },
    (tx, { body, caller }) => createTokenOf(tx, body, caller),
  )
  routes.write(
    {
      ...personal,
      method: 'delete',
      path: '/me/tokens/{id}',
      summary: 'Revoke a token of your own',
      answer: TokenJson,
    },
    async (tx, { params, caller }) => {
      await assertOwn(tx.db, personOf(caller).id, params.id)
      await revokeToken(tx, params.id)
      return tokenJson(await getToken(tx.db, params.id))
    },
  )
}

/** @throws DomainError `not-found`: of others' tokens nobody hears here */
async function assertOwn(reader: Reader, staffId: StaffId, id: TokenId): Promise<void> {
  const token = await getToken(reader, id)
  if (token.staffId !== staffId) throw new DomainError('not-found', `There is no token ${id}.`)
}
