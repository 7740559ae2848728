import { invalidField } from '../../../errors.ts'
import type { Instant } from '../../../lib/instant.ts'
import type { Completion } from '../../defects/defect-events.ts'
import { findRelease } from '../../defects/releases.ts'
import type { Tx } from '../../tx.ts'
import type { DefectPromises } from '../promises.ts'
import type { CurrentDefect } from './current-defect.ts'
import type { TellingUpdate } from './telling-update.ts'

/** A response, a workaround or a fix as it is recorded. */
interface NewCompletion {
  type: Completion
  at?: Instant
  /** That tells it. */
  update: TellingUpdate | undefined
  release_id?: string
}

/**
 * When a completion counts from: what is said, else the release's publication, the update's posting, or now.
 * @throws DomainError `invalid` for a release that is not out, a time before the clock was started, before the update or
 * the release that tells it, or before a deferral
 */
export async function completionTime(
  tx: Tx,
  { promises }: CurrentDefect,
  event: NewCompletion,
): Promise<Instant> {
  const { type, release_id, update } = event
  const release = release_id ? await publishedRelease(tx, release_id) : undefined
  const at = event.at ?? release?.publishedAt ?? update?.createdAt ?? tx.now
  const { startAt } = promises
  if (startAt !== null && at < startAt) {
    throw invalidField('/at', 'An event cannot be earlier than the start of its defect’s clock.')
  }
  if (release && at < release.publishedAt) {
    throw invalidField('/at', 'A fix is there when its release is published, not earlier.')
  }
  if (at < lastDeferredAt(promises)) {
    throw invalidField(
      '/at',
      'The customer was told of a deferral later than that: it is never counted as met.',
    )
  }
  // A response or a workaround that an update tells is there when the update is: by when it was really posted.
  if (update && type !== 'fixed' && at < update.createdAt) {
    throw invalidField('/at', 'An event cannot be earlier than the posting of the update that tells it.')
  }
  return at
}

/** When the last goal was deferred; without one, before any time. */
function lastDeferredAt({ goals }: DefectPromises): Instant {
  const deferred = goals.filter(({ state }) => state.verdict === 'deferred')
  return Math.max(...deferred.map(({ state }) => state.verdictAt ?? Number.NEGATIVE_INFINITY))
}

async function publishedRelease(tx: Tx, releaseId: string): Promise<{ publishedAt: Instant }> {
  const release = await findRelease(tx.db, releaseId)
  if (!release) throw invalidField('/release_id', `There is no release ${releaseId}.`)
  if (release.publishedAt === null) throw invalidField('/release_id', 'This release is not published yet.')
  return { publishedAt: release.publishedAt }
}
