import { DomainError, invalidField } from '../../../errors.ts'
import { type Instant, toIso } from '../../../lib/instant.ts'
import { type DefectId, isConfidential } from '../../defects/defect.ts'
import { getDefect } from '../../defects/defects.ts'
import { record } from '../../events/record.ts'
import type { Tx } from '../../tx.ts'
import { settleDefects } from '../record/settle.ts'
import { readTermsBook, termsForDefect } from './select-terms.ts'

/**
 * Confirms a defect, which starts its clocks, and pins the terms they run under: contracts, policies and calendars may
 * change later, a running promise does not.
 * @throws DomainError `not-found`; `conflict` when it is confirmed already; `invalid` for a confirmation in the future
 * or before the report
 */
export async function confirmDefect(tx: Tx, id: DefectId, confirmedAt: Instant = tx.now): Promise<void> {
  const defect = await getDefect(tx.db, id)
  if (confirmedAt > tx.now) throw invalidField('/confirmed_at', 'A defect cannot be confirmed in the future.')
  if (confirmedAt < defect.reportedAt) {
    throw invalidField('/confirmed_at', 'A defect cannot be confirmed before it was reported.')
  }
  const { numUpdatedRows } = await tx.db
    .updateTable('defect')
    .set({ confirmed_at: confirmedAt, updated_at: tx.now })
    .where('id', '=', id)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst()
  if (numUpdatedRows === 0n) {
    throw new DomainError('conflict', 'This defect is already confirmed; its clocks are running.', {
      current: { id, confirmed_at: defect.confirmedAt && toIso(defect.confirmedAt) },
    })
  }
  const { terms, startAt } = termsForDefect(await readTermsBook(tx.db), defect, confirmedAt)
  const { contract, policy, calendar } = terms
  await tx.db
    .insertInto('sla_promise')
    .values({
      defect_id: id,
      contract_id: contract?.id ?? null,
      contract_version: contract?.version ?? null,
      policy_id: policy.id,
      policy_version: policy.version,
      calendar_id: calendar.id,
      calendar_version: calendar.version,
      starts_at: startAt,
      created_at: tx.now,
    })
    .execute()
  await record(tx, 'defect.confirmed', id, {
    after: {
      confirmed_at: confirmedAt,
      ...(!isConfidential(defect) && { policy: `${policy.id} v${policy.version}` }),
    },
  })
  await settleDefects(tx, [await getDefect(tx.db, id)])
}
