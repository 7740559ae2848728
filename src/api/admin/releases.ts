import { z } from '@hono/zod-openapi'
import {
  getRelease,
  listReleasePlans,
  listReleases,
  type ProductRelease,
  type ReleaseId,
  type ReleasePlan,
} from '../../domain/defects/releases.ts'
import {
  createRelease,
  NewRelease,
  ReleaseChanges,
  updateRelease,
} from '../../domain/defects/write-release.ts'
import { enterRelease } from '../../domain/sla/course/enter-release.ts'
import type { Reader } from '../../domain/tx.ts'
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
    plans: z
      .array(
        z.object({
          planned_at: InstantOut.nullable(),
          cut_off_at: InstantOut.nullable(),
          reason: z.string().nullable().openapi({
            description: 'Why a plan that was known changed, or the publication was recorded late.',
          }),
          at: InstantOut.openapi({ description: 'When it was planned so.' }),
        }),
      )
      .openapi({ description: 'What was planned, each time that it was, oldest first.' }),
    created_at: InstantOut,
    updated_at: InstantOut,
  })
  .openapi('Release')

const instants = {
  planned_at: InstantIn.nullable(),
  cut_off_at: InstantIn.nullable(),
  published_at: InstantIn.nullable(),
}
/** Named in the same request, a fix is there at the very moment of publication, and no promise falls in between. */
const fixes = z
  .array(z.string())
  .max(1_000)
  .refine((ids) => new Set(ids).size === ids.length, 'A defect is named twice.')
  .describe('Ids of confirmed defects that the release fixes; only for a release that is published.')
const NewReleaseIn = NewRelease.extend({
  fixes: fixes.default([]),
  planned_at: instants.planned_at.default(null),
  cut_off_at: instants.cut_off_at.default(null),
  published_at: instants.published_at.default(null),
  reason: NewRelease.shape.reason.describe(
    'Why it is entered only now; needed where a promise that was missed until now is met by it.',
  ),
})
const ReleaseChangesIn = ReleaseChanges.extend(z.object({ ...instants, fixes }).partial().shape)

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
      json: readReleaseJsons,
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
    async (tx, { body: { fixes, ...release } }) => {
      const { reason } = release
      const id = await enterRelease(tx, { fixes, reason }, () => createRelease(tx, release))
      await settleAll(tx)
      return readOne(tx.db, id)
    },
  )
  routes.read(
    { path: '/releases/{id}', scope: 'read', tag, summary: 'Read a release', answer: ReleaseJson },
    (reader, { params }) => readOne(reader, params.id),
  )
  routes.write(
    {
      method: 'patch',
      path: '/releases/{id}',
      scope,
      tag,
      summary: 'Plan a release anew, or publish it',
      description:
        'A publication is a fact that verdicts rest on: it does not change. Three things need a `reason`, which is shown beside the promises: moving a plan that was known; a publication before the confirmation of a defect, recorded after it; a fix in time of what was missed until now.',
      body: changesOf(ReleaseChangesIn),
      answer: ReleaseJson,
    },
    async (tx, { params, body: { fixes = [], ...changes } }) => {
      await getRelease(tx.db, params.id)
      await enterRelease(tx, { fixes, reason: changes.reason }, async () => {
        if (Object.keys(changes).length > 0) await updateRelease(tx, params.id, changes)
        return params.id
      })
      await settleAll(tx)
      return readOne(tx.db, params.id)
    },
  )
}

function placeOf(release: ProductRelease): [number, string] {
  return [release.createdAt, release.id]
}

async function readOne(reader: Reader, id: ReleaseId) {
  const [release] = await readReleaseJsons(reader, [await getRelease(reader, id)])
  if (!release) throw new Error(`Release ${id} was not read.`)
  return release
}

async function readReleaseJsons(reader: Reader, releases: ProductRelease[]) {
  const plans = Map.groupBy(await listReleasePlans(reader), ({ releaseId }) => releaseId)
  return releases.map((release) => releaseJson(release, plans.get(release.id) ?? []))
}

function releaseJson(release: ProductRelease, plans: ReleasePlan[]): z.input<typeof ReleaseJson> {
  // It begins with a row that plans nothing where a release was entered without a plan.
  const planned = plans.filter(
    (plan, index) => index > 0 || plan.plannedAt !== null || plan.cutOffAt !== null,
  )
  return {
    id: release.id,
    name: release.name,
    kind: release.kind,
    planned_at: isoOrNull(release.plannedAt),
    cut_off_at: isoOrNull(release.cutOffAt),
    published_at: isoOrNull(release.publishedAt),
    plans: planned.map((plan) => ({
      planned_at: isoOrNull(plan.plannedAt),
      cut_off_at: isoOrNull(plan.cutOffAt),
      reason: plan.reason,
      at: toIso(plan.at),
    })),
    created_at: toIso(release.createdAt),
    updated_at: toIso(release.updatedAt),
  }
}
