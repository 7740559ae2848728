import { DomainError } from '../../../errors.ts'
import { toIso } from '../../../lib/instant.ts'
import { listEvents } from '../../events/list-events.ts'
import type { Reader } from '../../tx.ts'

/**
 * For an edit of terms that was decided upon looking at one version of them, the newest then.
 * @throws DomainError `conflict` when a later one has been made; `current` says by whom, when and which
 */
export async function assertNotRevisedSince(
  reader: Reader,
  type: 'sla.calendar_revised' | 'sla.policy_revised' | 'sla.contract_revised',
  { id, version }: { id: string; version: number },
): Promise<void> {
  const [newest] = await listEvents(reader, { limit: 1, subjectId: id, type })
  if (newest === undefined) return
  const made = (newest.after as { version: number }).version
  if (made <= version) return
  throw new DomainError('conflict', 'A later version has been made since you looked at it.', {
    current: { version: made, type, by: newest.actor.name, at: toIso(newest.at) },
  })
}
