import { statusWord } from '../domain/components/status-words.ts'
import { durationWords } from '../domain/sla/words.ts'
import type { DayBar } from '../domain/status-page/views.ts'
import { localDateWords } from '../lib/date-words.ts'
import { SECOND_MS } from '../lib/instant.ts'

/** The days worth a line, newest first: all but working ones and those before the record begins. */
export function notableDays(days: readonly DayBar[]): DayBar[] {
  return days.filter(({ status }) => status !== 'operational' && status !== 'no_data').toReversed()
}

type Outage = Pick<DayBar, 'majorSeconds' | 'partialSeconds'>

/** "major 42 min, partial 1 h 5 min", or "none". */
export function outageSumWords({ majorSeconds, partialSeconds }: Outage): string {
  const parts = []
  if (majorSeconds > 0) parts.push(`major ${durationWords(majorSeconds * SECOND_MS)}`)
  if (partialSeconds > 0) parts.push(`partial ${durationWords(partialSeconds * SECOND_MS)}`)
  return parts.length === 0 ? 'none' : parts.join(', ')
}

/** What a row of bars says, in a sentence for those who hear it. */
export function daysSentence(name: string, days: readonly DayBar[]): string {
  const counts = STATES.map((status) => ({
    status,
    count: days.filter((day) => day.status === status).length,
  })).filter(({ count }) => count > 0)
  const parts = counts.map(({ status, count }) => `${count} ${statusWord(status)}`)
  const [first, last] = [days[0]?.date ?? '', days.at(-1)?.date ?? '']
  return `${name}, ${localDateWords(first)} to ${localDateWords(last)}, days by their worst state: ${parts.join(', ')}.`
}

const STATES = [
  'major_outage',
  'partial_outage',
  'degraded_performance',
  'under_maintenance',
  'operational',
  'no_data',
] as const

/** "13 November": a day where the weekday does not matter. */
export function dayOfMonthWords(date: string): string {
  return localDateWords(date).split(' ').slice(1).join(' ')
}
