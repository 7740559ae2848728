import type { Instant } from '../../../lib/instant.ts'
import type { DefectId } from '../../defects/defect.ts'
import type { Reader } from '../../tx.ts'
import type { CalendarVersion } from './calendars.ts'
import { readTermsBook, type Terms } from './select-terms.ts'

/** The terms that were pinned when a defect was confirmed, and what its clocks were started with. */
export interface Pin {
  terms: Terms
  startAt: Instant
  /** When the confirmation was written down. */
  pinnedAt: Instant
  /** All versions of its calendar, for goals that were re-planned by a later one. */
  calendarVersions: readonly CalendarVersion[]
}

/** The pin of each confirmed defect among these. */
export async function readPins(reader: Reader, ids: DefectId[]): Promise<Map<DefectId, Pin>> {
  const rows = await reader.selectFrom('sla_promise').selectAll().where('defect_id', 'in', ids).execute()
  if (rows.length === 0) return new Map()
  const book = await readTermsBook(reader)
  return new Map(
    rows.map((row) => {
      const calendarVersions = book.calendars.get(row.calendar_id) ?? []
      const policy = book.policies.get(row.policy_id)?.find((it) => it.version === row.policy_version)
      const calendar = calendarVersions.find((it) => it.version === row.calendar_version)
      const contract = findContract(row, book)
      if (!policy || !calendar || contract === undefined) {
        throw new Error(`The terms of defect ${row.defect_id} are gone.`)
      }
      const terms = { contract, policy, calendar }
      return [row.defect_id, { terms, startAt: row.starts_at, pinnedAt: row.created_at, calendarVersions }]
    }),
  )
}

/** Null without a contract; undefined where it should be there and is not. */
function findContract(
  { contract_id, contract_version }: { contract_id: string | null; contract_version: number | null },
  { contracts }: Awaited<ReturnType<typeof readTermsBook>>,
): Terms['contract'] | undefined {
  if (contract_id === null) return null
  return contracts.get(contract_id)?.find((it) => it.version === contract_version)
}
