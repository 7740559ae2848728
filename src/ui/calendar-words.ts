import type { Calendar } from '../domain/sla/engine/calendar.ts'
import { inSentence } from '../domain/sla/words.ts'
import { localDateWords, WEEKDAYS } from '../lib/date-words.ts'

/** A working calendar in sentences: what counts, in which zone, and what is left out. */
export function calendarSentences({
  timeZone,
  weekdays,
  excludedDates,
  windows = null,
}: Omit<Calendar, 'windows'> & { windows?: Calendar['windows'] }): string[] {
  const days = WEEKDAYS.map((day) => `${day}s`)
  const counting = days.filter((_, index) => weekdays.includes(index + 1))
  const idle = days.filter((_, index) => !weekdays.includes(index + 1))
  const sentences = [
    idle.length === 0
      ? `The clocks run every day, ${hoursWords(windows)}, in the zone ${timeZone}.`
      : `The clocks run ${inSentence(counting)}, ${hoursWords(windows)}, in the zone ${timeZone}. They stand still on ${inSentence(idle)}.`,
  ]
  if (excludedDates.length > 0) {
    const dates = excludedDates.map((date) => localDateWords(date, { year: true }))
    sentences.push(`They also stand still on ${inSentence(dates)}.`)
  }
  return sentences
}

function hoursWords(windows: Calendar['windows']): string {
  if (windows === null) return 'day and night'
  return inSentence(windows.map(([open, close]) => `${open}–${close}`))
}
