import { z } from 'zod'
import { isUniqueViolation } from '../../db/unique-violation.ts'
import { DomainError, invalidField } from '../../errors.ts'
import { newId } from '../../lib/ids.ts'
import { type Instant, toIso } from '../../lib/instant.ts'
import { asChanged, record } from '../events/record.ts'
import type { Tx } from '../tx.ts'
import {
  getRelease,
  listReleasePlans,
  type ProductRelease,
  type ReleaseId,
  type ReleasePlan,
} from './releases.ts'

const fields = {
  name: z.string().trim().min(1, 'A release needs a name.').max(100),
  kind: z.enum(['regular', 'hotfix']),
  planned_at: z.number().nullable(),
  cut_off_at: z.number().nullable(),
  published_at: z.number().nullable(),
}

export const NewRelease = z.strictObject({
  ...fields,
  kind: fields.kind.default('regular'),
  planned_at: fields.planned_at.default(null),
  cut_off_at: fields.cut_off_at.default(null),
  published_at: fields.published_at.default(null),
  /** Why something about it is told only now. */
  reason: z.string().trim().min(1, 'Say why.').max(5_000).optional(),
})
export type NewRelease = z.input<typeof NewRelease>

/**
 * @throws DomainError `invalid` for a publication in the future, or a cut-off that leaves out what waits already;
 * `conflict` for a name that is taken
 */
export async function createRelease(tx: Tx, input: NewRelease): Promise<ReleaseId> {
  const { reason, ...release } = NewRelease.parse(input)
  assertPublished(tx, release.published_at)
  await assertNobodyLeftOut(tx, release.cut_off_at)
  await assertNameFree(tx, release.name)
  const id = newId<'release'>()
  await refusingTakenName(release.name, () =>
    tx.db
      .insertInto('release')
      .values({ id, ...release, created_at: tx.now, updated_at: tx.now })
      .execute(),
  )
  await insertPlan(tx, id, { plannedAt: release.planned_at, cutOffAt: release.cut_off_at }, null)
  if (release.published_at !== null && reason !== undefined) await explainRelease(tx, id, reason)
  await record(tx, 'release.created', id, { after: { ...release, reason } })
  return id
}

export const ReleaseChanges = z
  .strictObject({ ...fields, reason: NewRelease.shape.reason.unwrap() })
  .partial()
export type ReleaseChanges = z.infer<typeof ReleaseChanges>

/**
 * Plans a release anew or publishes it. A publication is a fact that verdicts rest on, so it does not change; a plan
 * that was known changes for a reason, which is shown beside the promises that wait for it.
 * @throws DomainError `not-found`, `invalid`, `conflict`
 */
export async function updateRelease(
  tx: Tx,
  id: ReleaseId,
  { reason, ...changes }: ReleaseChanges,
): Promise<void> {
  // Makes writers of one release follow one another on PostgreSQL, so that the second sees what the first published.
  await tx.db.updateTable('release').set({ updated_at: tx.now }).where('id', '=', id).execute()
  const before = await getRelease(tx.db, id)
  const publishedAt = changes.published_at ?? null
  if (before.publishedAt !== null && Object.keys(changes).some((field) => field !== 'name')) {
    throw new DomainError('conflict', 'This release is published; only its name can change.', {
      current: { id, published_at: toIso(before.publishedAt) },
    })
  }
  if (changes.kind !== undefined && changes.kind !== before.kind) {
    throw invalidField('/kind', 'Promises may wait for this release as what it is; make another one instead.')
  }
  assertPublished(tx, publishedAt)
  await planAnew(tx, before, changes, reason ?? null)
  if (publishedAt !== null && reason === undefined) await assertNobodyWaited(tx, publishedAt)
  if (changes.name !== undefined && changes.name !== before.name) await assertNameFree(tx, changes.name)
  await refusingTakenName(changes.name ?? before.name, () =>
    tx.db
      .updateTable('release')
      .set({ ...changes, updated_at: tx.now })
      .where('id', '=', id)
      .execute(),
  )
  if (publishedAt !== null && reason !== undefined) await explainRelease(tx, id, reason)
  const known = {
    name: before.name,
    kind: before.kind,
    planned_at: before.plannedAt,
    cut_off_at: before.cutOffAt,
    published_at: before.publishedAt,
  }
  await record(tx, 'release.updated', id, {
    before: asChanged(known, changes),
    after: { ...changes, reason },
  })
}

/** @throws DomainError `invalid` for moving a plan that was known without saying why, or a cut-off that has passed */
async function planAnew(
  tx: Tx,
  before: ProductRelease,
  changes: Omit<ReleaseChanges, 'reason'>,
  reason: string | null,
): Promise<void> {
  const { planned_at: plannedAt = before.plannedAt, cut_off_at: cutOffAt = before.cutOffAt } = changes
  if (plannedAt === before.plannedAt && cutOffAt === before.cutOffAt) return
  const wasKnown = before.plannedAt !== null || before.cutOffAt !== null
  if (cutOffAt !== before.cutOffAt && cutOffAt !== null && cutOffAt < tx.now) {
    throw invalidField(
      '/cut_off_at',
      'A cut-off is declared before it comes, so that nothing that waits is left out afterwards.',
    )
  }
  const isMoved =
    (before.plannedAt !== null && plannedAt !== before.plannedAt) ||
    (before.cutOffAt !== null && cutOffAt !== before.cutOffAt)
  if (isMoved && reason === null) {
    throw invalidField('/reason', 'Say why the plan changes: promises that wait for this release show it.')
  }
  await insertPlan(tx, before.id, { plannedAt, cutOffAt }, wasKnown ? reason : null)
}

async function insertPlan(
  tx: Tx,
  releaseId: ReleaseId,
  { plannedAt, cutOffAt }: Pick<ReleasePlan, 'plannedAt' | 'cutOffAt'>,
  reason: string | null,
): Promise<void> {
  const { plans } = await tx.db
    .selectFrom('release_plan')
    .select((eb) => eb.fn.countAll<number>().as('plans'))
    .where('release_id', '=', releaseId)
    .executeTakeFirstOrThrow()
  await tx.db
    .insertInto('release_plan')
    .values({
      release_id: releaseId,
      number: plans + 1,
      planned_at: plannedAt,
      cut_off_at: cutOffAt,
      reason,
      created_at: tx.now,
    })
    .execute()
}

function assertPublished(tx: Tx, publishedAt: Instant | null): void {
  if (publishedAt !== null && publishedAt > tx.now) {
    throw invalidField('/published_at', 'A release is published when it is out; plan it with planned_at.')
  }
}

/** Keeps with the plans of a release why something about it was told late; promises that it concerns show it. */
async function explainRelease(tx: Tx, id: ReleaseId, reason: string): Promise<void> {
  const plans = await listReleasePlans(tx.db)
  if (plans.findLast(({ releaseId }) => releaseId === id)?.reason === reason) return
  await insertPlan(tx, id, await getRelease(tx.db, id), reason)
}

/**
 * A publication that comes to be known only after a defect was confirmed is not the next release of that defect, though
 * the page may have said that it is: it needs a reason, which is shown there.
 * @throws DomainError `invalid` where there is such a defect
 */
async function assertNobodyWaited(tx: Tx, publishedAt: Instant): Promise<void> {
  const key = await findPromisedSince(tx, publishedAt)
  if (key === undefined) return
  const message = `${key} was confirmed, or got worse, after that time. Say why the publication is recorded only now: a promise that waits for the next release shows it.`
  throw invalidField('/reason', message)
}

/**
 * A cut-off that has passed when its release is entered leaves out nothing that waits already.
 * @throws DomainError `invalid` where there is such a defect
 */
async function assertNobodyLeftOut(tx: Tx, cutOffAt: Instant | null): Promise<void> {
  if (cutOffAt === null || cutOffAt >= tx.now) return
  const key = await findPromisedSince(tx, cutOffAt)
  if (key === undefined) return
  const message = `${key} was confirmed, or got worse, after that time. A cut-off is declared before it comes, so that nothing that waits is left out afterwards.`
  throw invalidField('/cut_off_at', message)
}

/** The key of a defect that was promised something at an instant or since. */
async function findPromisedSince(tx: Tx, since: Instant): Promise<string | undefined> {
  const defect = await tx.db
    .selectFrom('defect')
    .select('key')
    .where((eb) =>
      eb.or([
        eb.and([eb('confirmed_at', '>=', since), eb('confirmed_at', '<', tx.now)]),
        // A severity that got worse since then has begun another promise.
        eb.exists(
          eb
            .selectFrom('defect_event')
            .select('defect_event.id')
            .whereRef('defect_event.defect_id', '=', 'defect.id')
            .where('defect_event.type', '=', 'severity_changed')
            .where('defect_event.at', '>=', since),
        ),
      ]),
    )
    .orderBy('key')
    .executeTakeFirst()
  return defect?.key
}

async function assertNameFree(tx: Tx, name: string): Promise<void> {
  const taken = await tx.db.selectFrom('release').select('id').where('name', '=', name).executeTakeFirst()
  if (taken) throw nameTaken(name)
}

async function refusingTakenName(name: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    // Two writers at the same moment: the look-up before saw neither.
    if (isUniqueViolation(error)) throw nameTaken(name)
    throw error
  }
}

function nameTaken(name: string): DomainError {
  const message = `There is already a release ${name}.`
  return new DomainError('conflict', message, { fields: [{ pointer: '/name', message }] })
}
