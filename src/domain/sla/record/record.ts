import { addMonths, type LocalMonth, localDateOf, monthOf } from '../../../lib/dates.ts'
import type { Instant } from '../../../lib/instant.ts'
import { type Defect, SEVERITIES, type Severity } from '../../defects/defect.ts'
import { isOpen } from '../engine/goal-state.ts'
import type { DefectPromises, GoalPromise } from '../promises.ts'
import { attainmentPercent } from './attainment.ts'

/** What is counted into a month; open goals are counted apart. */
export const COUNTED_VERDICTS = ['met', 'missed', 'deferred', 'no_promise'] as const
export type CountedVerdict = (typeof COUNTED_VERDICTS)[number]

/** A goal with what it belongs to. */
export interface RecordEntry {
  defect: Defect
  goal: GoalPromise
  /** The one under which its verdict fell: a severity that is changed later moves no miss into another row. */
  severity: Severity
  /** By which it is counted: when its verdict fell, or without a promise when the clock was started; null while open. */
  countedAt: Instant | null
}

/** The goals behind each number of one severity in one month. */
export interface RecordRow extends Record<CountedVerdict, RecordEntry[]> {
  severity: Severity
}

export interface RecordMonth {
  month: LocalMonth
  /** One for each severity, the gravest first. */
  rows: RecordRow[]
}

/** The public record (rule 26): what became of every promise, with the goals behind each number. */
export interface SlaRecord {
  /** Newest first, without gaps, from the running month to the first one that has anything. */
  months: RecordMonth[]
  /** In no month and no percentage. */
  open: RecordEntry[]
}

/**
 * The record of these defects. A verdict counts in the month in which it fell; where nothing was promised, the month in
 * which the clock was started counts; both in the zone of the calendar that the goal is counted by.
 */
export function recordOf(promises: readonly DefectPromises[], runningMonth: LocalMonth): SlaRecord {
  const entries = promises.flatMap(entriesOf)
  const byMonth = Map.groupBy(entries, monthOfEntry)
  const months = [...byMonth.keys(), runningMonth].filter((month) => month !== null).sort()
  return {
    months: monthsBetween(months.at(0) ?? runningMonth, months.at(-1) ?? runningMonth).map((month) =>
      recordMonth(month, byMonth.get(month)),
    ),
    open: entries.filter(({ goal }) => isOpen(goal.state.verdict)),
  }
}

/** One month with its four rows; without entries, a month in which nothing fell due. */
export function recordMonth(month: LocalMonth, entries: readonly RecordEntry[] = []): RecordMonth {
  const newestFirst = entries.toSorted(byCountedAt)
  return {
    month,
    rows: SEVERITIES.map((severity) => {
      const of = (verdict: CountedVerdict) =>
        newestFirst.filter((entry) => entry.severity === severity && entry.goal.state.verdict === verdict)
      return {
        severity,
        met: of('met'),
        missed: of('missed'),
        deferred: of('deferred'),
        no_promise: of('no_promise'),
      }
    }),
  }
}

/** The numbers of a row, or of several together. */
export interface RecordCounts extends Record<CountedVerdict, number> {
  /** Met and missed: what attainment is a share of. */
  due: number
  /** 0–100 in steps of 0.1, rounded down; null where nothing fell due. */
  attainmentPercent: number | null
}

export function countsOf(rows: readonly RecordRow[]): RecordCounts {
  const count = (verdict: CountedVerdict) => rows.reduce((sum, row) => sum + row[verdict].length, 0)
  const [met, missed] = [count('met'), count('missed')]
  return {
    met,
    missed,
    due: met + missed,
    attainmentPercent: attainmentPercent(met, missed),
    deferred: count('deferred'),
    no_promise: count('no_promise'),
  }
}

/** Whether nothing at all is counted in a row. */
export function isEmpty(row: RecordRow): boolean {
  return COUNTED_VERDICTS.every((verdict) => row[verdict].length === 0)
}

/** The goals of a defect as entries; none until it is confirmed. */
export function entriesOf({ defect, startAt, goals, changes }: DefectPromises): RecordEntry[] {
  if (startAt === null) return []
  return goals.map((goal) => ({
    defect,
    goal,
    severity: severityOf(defect, goal, changes),
    countedAt: goal.state.verdict === 'no_promise' ? startAt : goal.state.verdictAt,
  }))
}

/** The severity in force when the verdict fell, the present one while it has not. */
function severityOf(
  defect: Defect,
  { input, state }: GoalPromise,
  changes: DefectPromises['changes'],
): Severity {
  const severities = changes.filter((change) => change.kind === 'severity')
  const taken = input.steps.slice(0, state.stepsTaken)
  const changed = taken.filter(({ kind }) => kind !== 'initial' && kind !== 'replanned')
  return severities[changed.length - 1]?.after ?? severities[0]?.before ?? defect.severity
}

function monthOfEntry({ countedAt, goal: { state, calendar } }: RecordEntry): LocalMonth | null {
  if (countedAt === null) return null
  // A deadline belongs to the day that it ends (rule 9): what was due by the end of the 30th is a miss of the 30th.
  const isDeadline = state.verdict === 'missed' && countedAt === state.deadlineAt
  return monthOf(localDateOf(isDeadline ? countedAt - 1 : countedAt, calendar.timeZone))
}

function monthsBetween(first: LocalMonth, last: LocalMonth): LocalMonth[] {
  const months: LocalMonth[] = []
  for (let month = last; month >= first; month = addMonths(month, -1)) months.push(month)
  return months
}

/** The latest first; of one instant by key, and the goals of a defect as they are promised. */
function byCountedAt(a: RecordEntry, b: RecordEntry): number {
  return (b.countedAt ?? 0) - (a.countedAt ?? 0) || compare(a.defect.key, b.defect.key)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
