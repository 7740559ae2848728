import { z } from '@hono/zod-openapi'
import {
  createRelease,
  getRelease,
  listReleases,
  NewRelease,
  type ProductRelease,
  ReleaseChanges,
  updateRelease,
} from '../../domain/defects/releases.ts'
import { toIso } from '../../lib/instant.ts'
import { changesOf, InstantIn, InstantOut, isoOrNull } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { CursorId, CursorNumber, entriesAfter } from './cursor.ts'
import { settleAll } from './settle.ts'

const ReleaseJson = z
  .object({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['regular', 'hotfix']),
    planned_at: InstantOut.nullable(),
    cut_off_at: InstantOut.nullable(),
    published_at: InstantOut.nullable(),
    created_at: InstantOut,
    updated_at: InstantOut,
  })
  .openapi('Release')

const instants = {
  planned_at: InstantIn.nullable(),
  cut_off_at: InstantIn.nullable(),
  published_at: InstantIn.nullable(),
}
const NewReleaseIn = NewRelease.extend({
  planned_at: instants.planned_at.default(null),
  cut_off_at: instants.cut_off_at.default(null),
  published_at: instants.published_at.default(null),
})
const ReleaseChangesIn = ReleaseChanges.extend(z.object(instants).partial().shape)

const scope = 'defects:write'
const tag = 'Releases'

export function releaseRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/releases',
      scope: 'read',
      tag,
      summary: 'List the releases, the first entered first',
      item: ReleaseJson,
      cursor: z.tuple([CursorNumber, CursorId]),
    },
    {
      rows: async (reader, page) => entriesAfter(await listReleases(reader), placeOf, page),
      cursorOf: placeOf,
      json: async (_reader, releases) => releases.map(releaseJson),
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/releases',
      scope,
      tag,
      summary: 'Add a release',
      body: NewReleaseIn,
      answer: ReleaseJson,
    },
    async (tx, { body }) => {
      const id = await createRelease(tx, body)
      await settleAll(tx)
      return releaseJson(await getRelease(tx.db, id))
    },
  )
  routes.read(
    { path: '/releases/{id}', scope: 'read', tag, summary: 'Read a release', answer: ReleaseJson },
    async (reader, { params }) => releaseJson(await getRelease(reader, params.id)),
  )
  routes.write(
    {
      method: 'patch',
      path: '/releases/{id}',
      scope,
      tag,
      summary: 'Plan a release anew, or publish it',
      description: 'A publication is a fact that verdicts rest on: it does not change.',
      body: changesOf(ReleaseChangesIn),
      answer: ReleaseJson,
    },
    async (tx, { params, body }) => {
      await updateRelease(tx, params.id, body)
      await settleAll(tx)
      return releaseJson(await getRelease(tx.db, params.id))
    },
  )
}

function placeOf(release: ProductRelease): [number, string] {
  return [release.createdAt, release.id]
}

function releaseJson(release: ProductRelease): z.input<typeof ReleaseJson> {
  return {
    id: release.id,
    name: release.name,
    kind: release.kind,
    planned_at: isoOrNull(release.plannedAt),
    cut_off_at: isoOrNull(release.cutOffAt),
    published_at: isoOrNull(release.publishedAt),
    created_at: toIso(release.createdAt),
    updated_at: toIso(release.updatedAt),
  }
}
