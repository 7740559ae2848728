import { attainmentWords } from '../domain/sla/record/attainment.ts'
import { countsOf } from '../domain/sla/record/record.ts'
import type { RecordMonthView } from '../domain/status-page/sla-views.ts'
import { monthWords } from '../lib/date-words.ts'
import { metOf } from './entry-words.ts'

/** "November 2026: 12 of 14 promises met" */
export function monthHeading({ month: { month, rows } }: Pick<RecordMonthView, 'month'>): string {
  const { met, due } = countsOf(rows)
  return `${monthWords(month)}: ${due === 0 ? 'nothing fell due' : `${metOf(met, due)} promises met`}`
}

/** What the heading leaves open: the share, what is counted apart, whether more may come, where the record begins. */
export function monthApart({ month: { month, rows }, isRunning, begins }: RecordMonthView): string {
  const { met, missed, due, deferred, no_promise } = countsOf(rows)
  const apart = [
    ...(deferred > 0 ? [`${deferred} deferred`] : []),
    ...(no_promise > 0 ? [`${no_promise} without a promise`] : []),
  ]
  return [
    ...(due > 0
      ? [`That is ${attainmentWords(met, missed)}${met === 0 || missed === 0 ? '' : ', rounded down'}.`]
      : []),
    ...(apart.length > 0 ? [`Counted apart: ${apart.join(', ')}.`] : []),
    ...(isRunning ? ['The month is not over.'] : []),
    ...(month < begins ? [`The record begins with ${monthWords(begins)}.`] : []),
  ].join(' ')
}
