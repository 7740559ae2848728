import type { Instant } from '../../../lib/instant.ts'
import type { Reader } from '../../tx.ts'

/**
 * The first deadline that has passed at `now` without a verdict on record, or with one that was withdrawn; null: there is
 * none. One question to the records, where `findUnsettled` computes every promise: who asks may ask often. It misses no
 * verdict that time alone brings, because whatever moves a deadline records it, and a release settles what it comes
 * without.
 */
export async function findPassedDeadline(reader: Reader, now: Instant): Promise<Instant | null> {
  const { passed } = await reader
    .selectFrom('sla_deadline as last')
    .select((eb) => eb.fn.min('last.deadline_at').as('passed'))
    // A deadline is inclusive.
    .where('last.deadline_at', '<', now)
    // Verdicts first: nearly every deadline of the past has one, and needs no second look.
    .where(({ exists, not, or, selectFrom }) => {
      const verdict = selectFrom('sla_verdict as verdict')
        .select('verdict.id')
        .whereRef('verdict.defect_id', '=', 'last.defect_id')
        .whereRef('verdict.goal', '=', 'last.goal')
      const withdrawn = verdict.where('verdict.verdict', '=', 'withdrawn').where((withdrawal) => {
        const later = withdrawal
          .selectFrom('sla_verdict as later')
          .select('later.id')
          .whereRef('later.defect_id', '=', 'verdict.defect_id')
          .whereRef('later.goal', '=', 'verdict.goal')
          .whereRef('later.number', '>', 'verdict.number')
        return withdrawal.not(withdrawal.exists(later))
      })
      return or([not(exists(verdict)), exists(withdrawn)])
    })
    .where(({ exists, not, selectFrom }) => {
      const later = selectFrom('sla_deadline as later')
        .select('later.number')
        .whereRef('later.defect_id', '=', 'last.defect_id')
        .whereRef('later.goal', '=', 'last.goal')
        .whereRef('later.number', '>', 'last.number')
      return not(exists(later))
    })
    .executeTakeFirstOrThrow()
  return passed
}
