import type { Calendar } from '../domain/sla/calendar.ts'
import { localDateWords } from '../lib/date-words.ts'

/** A working calendar in sentences: what counts, in which zone, and what is left out. */
export function calendarSentences({
  timeZone,
  weekdays,
  excludedDates,
  windows = null,
}: Omit<Calendar, 'windows'> & { windows?: Calendar['windows'] }): string[] {
  const counting = WEEKDAYS.filter((_, index) => weekdays.includes(index + 1))
  const idle = WEEKDAYS.filter((_, index) => !weekdays.includes(index + 1))
  const sentences = [
    idle.length === 0
      ? `The clocks run every day, ${hoursWords(windows)}, in the zone ${timeZone}.`
      : `The clocks run ${list(counting)}, ${hoursWords(windows)}, in the zone ${timeZone}. They stand still on ${list(idle)}.`,
  ]
  if (excludedDates.length > 0) {
    const dates = excludedDates.map((date) => localDateWords(date, { year: true }))
    sentences.push(`They also stand still on ${list(dates)}.`)
  }
  return sentences
}

function hoursWords(windows: Calendar['windows']): string {
  if (windows === null) return 'day and night'
  return list(windows.map(([open, close]) => `${open}–${close}`))
}

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map(
  (day) => `${day}s`,
)

function list(words: string[]): string {
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(words)
}
