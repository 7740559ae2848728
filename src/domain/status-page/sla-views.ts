import type { LocalMonth } from '../../lib/dates.ts'
import type { Measured } from '../sla/record/measured.ts'
import type { RecordEntry, RecordMonth, SlaRecord } from '../sla/record/record.ts'
import type { CalendarVersion } from '../sla/terms/calendars.ts'
import type { Contract } from '../sla/terms/contracts.ts'
import type { Policy } from '../sla/terms/policies.ts'
import type { WorkedExample } from '../sla/terms/worked-example.ts'
import type { PageView } from './views.ts'

export interface SlaView {
  page: PageView
  /** The contract whose terms these are; null: the standard terms. */
  contract: Contract | null
  policy: Policy
  calendar: CalendarVersion
  /** The terms as a table in words. */
  terms: { severity: string; example: string; response: string; workaround: string; fix: string }[]
  /** Computed by the engine; null where nothing is promised within a time. */
  example: WorkedExample | null
  open: OpenEntry[]
  /** Missed and not done yet. */
  overdue: OpenEntry[]
  record: SlaRecord
  /** Of the last twelve months. */
  measured: MeasuredFigures
}

/** A goal that is still to be done, with the incidents that it stands behind, the latest first. */
export interface OpenEntry extends RecordEntry {
  incidents: { id: string; name: string }[]
}

export interface MeasuredFigures {
  response: Measured | null
  firstWord: Measured | null
}

/** One month of the record. */
export interface RecordMonthView {
  page: PageView
  month: RecordMonth
  /** The months beside it that the record has. */
  older: LocalMonth | null
  newer: LocalMonth | null
  /** The first month that has anything, or the running one. */
  begins: LocalMonth
  /** Still running: more may come. */
  isRunning: boolean
}
