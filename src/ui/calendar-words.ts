import { inSentence } from '../domain/sla/words.ts'
import type { SlaView } from '../domain/status-page/views.ts'
import { localDateWords, WEEKDAYS } from '../lib/date-words.ts'

/** A working calendar in sentences: what counts, in which zone, and what is left out. */
export function calendarSentences({ timeZone, weekdays, excludedDates }: SlaView['calendar']): string[] {
  const days = WEEKDAYS.map((day) => `${day}s`)
  const counting = days.filter((_, index) => weekdays.includes(index + 1))
  const idle = days.filter((_, index) => !weekdays.includes(index + 1))
  const sentences = [
    idle.length === 0
      ? `The clocks run every day, day and night, in the zone ${timeZone}.`
      : `The clocks run ${inSentence(counting)}, day and night, in the zone ${timeZone}. They stand still on ${inSentence(idle)}.`,
  ]
  if (excludedDates.length > 0) {
    const dates = excludedDates.map((date) => localDateWords(date, { year: true }))
    sentences.push(`They also stand still on ${inSentence(dates)}.`)
  }
  return sentences
}
