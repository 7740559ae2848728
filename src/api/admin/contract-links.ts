import { z } from '@hono/zod-openapi'
import {
  type ContractLink,
  type ContractLinkId,
  createContractLink,
  listContractLinks,
  NewContractLink,
  revokeContractLink,
} from '../../domain/sla/terms/contract-links.ts'
import { getContractVersions } from '../../domain/sla/terms/contracts.ts'
import type { Reader } from '../../domain/tx.ts'
import { toIso } from '../../lib/instant.ts'
import { InstantOut, isoOrNull } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { scope, tag } from './contracts.ts'
import { CursorId, CursorNumber, entriesAfter } from './cursor.ts'

const ContractLinkJson = z
  .object({
    id: z.string(),
    name: z.string().openapi({ description: 'For whom it was made.' }),
    created_at: InstantOut,
    revoked_at: InstantOut.nullable(),
  })
  .openapi('ContractLink')

const NewContractLinkJson = ContractLinkJson.extend({
  url: z.string().openapi({
    format: 'uri',
    description: 'The private address. Shown in this answer and never again; whoever has it is let in.',
  }),
}).openapi('NewContractLink')

export function contractLinkRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/sla/contracts/{id}/links',
      scope,
      tag,
      summary: 'List the private links of a contract',
      description: 'Revoked ones too. Never their addresses.',
      item: ContractLinkJson,
      cursor: z.tuple([CursorNumber, CursorId]),
    },
    {
      rows: async (reader, { params, ...page }) =>
        entriesAfter(await listLinks(reader, params.id), placeOf, page),
      cursorOf: placeOf,
      json: async (_reader, links) => links.map(linkJson),
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/sla/contracts/{id}/links',
      scope,
      tag,
      summary: 'Make a private link',
      description: 'At its address those under the contract see their own terms and defects.',
      body: NewContractLink,
      answer: NewContractLinkJson,
      isSecret: true,
    },
    async (tx, { params, body, view }) => {
      const { id, secret } = await createContractLink(tx, params.id, body)
      return { ...(await readOne(tx.db, params.id, id)), url: `${view.url}/private/${secret}` }
    },
  )
  routes.write(
    {
      method: 'delete',
      path: '/sla/contracts/{id}/links/{link}',
      scope,
      tag,
      summary: 'Revoke a private link',
      description: 'From the next request on nobody gets in by it.',
      answer: ContractLinkJson,
    },
    async (tx, { params }) => {
      await revokeContractLink(tx, params.id, params.link)
      return readOne(tx.db, params.id, params.link)
    },
  )
}

/** @throws DomainError `not-found` for a contract that is not there */
async function listLinks(reader: Reader, contractId: string): Promise<ContractLink[]> {
  await getContractVersions(reader, contractId)
  return listContractLinks(reader, contractId)
}

async function readOne(reader: Reader, contractId: string, id: ContractLinkId) {
  const link = (await listContractLinks(reader, contractId)).find((it) => it.id === id)
  if (!link) throw new Error(`Link ${id} was not read.`)
  return linkJson(link)
}

function linkJson(link: ContractLink): z.input<typeof ContractLinkJson> {
  return {
    id: link.id,
    name: link.name,
    created_at: toIso(link.createdAt),
    revoked_at: isoOrNull(link.revokedAt),
  }
}

function placeOf(link: ContractLink): [number, string] {
  return [link.createdAt, link.id]
}
