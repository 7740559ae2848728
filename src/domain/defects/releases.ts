import type { Selectable } from 'kysely'
import type { ReleaseTable } from '../../db/schema.ts'
import { DomainError } from '../../errors.ts'
import type { Id } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Reader } from '../tx.ts'

export type ReleaseId = Id<'release'>

/** A release of the product. "Next release" in a promise means the next *regular* one. */
export interface ProductRelease {
  id: ReleaseId
  name: string
  kind: 'regular' | 'hotfix'
  plannedAt: Instant | null
  /** What is confirmed after it waits for the release after this one. */
  cutOffAt: Instant | null
  publishedAt: Instant | null
  createdAt: Instant
  updatedAt: Instant
}

/** What was planned for a release, each time that it was. */
export interface ReleasePlan {
  releaseId: ReleaseId
  plannedAt: Instant | null
  cutOffAt: Instant | null
  /** Why a plan that was known changed, or its publication was recorded late; null for a first one. */
  reason: string | null
  at: Instant
}

/** Every plan of every release, those of one together, oldest first. */
export async function listReleasePlans(reader: Reader): Promise<ReleasePlan[]> {
  const rows = await reader
    .selectFrom('release_plan')
    .selectAll()
    .orderBy('release_id')
    .orderBy('number')
    .execute()
  return rows.map((row) => ({
    releaseId: row.release_id,
    plannedAt: row.planned_at,
    cutOffAt: row.cut_off_at,
    reason: row.reason,
    at: row.created_at,
  }))
}

export async function listReleases(reader: Reader): Promise<ProductRelease[]> {
  const rows = await reader.selectFrom('release').selectAll().orderBy('created_at').orderBy('id').execute()
  return rows.map(toRelease)
}

export async function findRelease(reader: Reader, id: ReleaseId): Promise<ProductRelease | undefined> {
  const row = await reader.selectFrom('release').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toRelease(row)
}

/** @throws DomainError `not-found` */
export async function getRelease(reader: Reader, id: ReleaseId): Promise<ProductRelease> {
  const release = await findRelease(reader, id)
  if (!release) throw new DomainError('not-found', `There is no release ${id}.`)
  return release
}

function toRelease(row: Selectable<ReleaseTable>): ProductRelease {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as ProductRelease['kind'],
    plannedAt: row.planned_at,
    cutOffAt: row.cut_off_at,
    publishedAt: row.published_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
