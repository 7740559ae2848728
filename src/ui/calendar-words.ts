import type { Calendar } from '../domain/sla/engine/calendar.ts'
import { parseDate, weekdayOf } from '../domain/sla/engine/civil-time.ts'
import { inSentence, windowWords } from '../domain/sla/words.ts'
import { localDateWords, WEEKDAYS } from '../lib/date-words.ts'
import type { LocalDate } from '../lib/dates.ts'

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
  const hours = windows === null ? 'day and night' : windowWords({ windows })
  const sentences = [
    idle.length === 0
      ? `The clocks run every day, ${hours}, in the zone ${timeZone}.`
      : `The clocks run ${inSentence(counting)}, ${hours}, in the zone ${timeZone}. They stand still on ${inSentence(idle)}.`,
  ]
  const dates = leftOut(excludedDates, weekdays).map((date) => localDateWords(date, { year: true }))
  if (dates.length > 0) sentences.push(`They also stand still on ${inSentence(dates)}.`)
  return sentences
}

/** In order, each once, and none on which they stand still anyway. */
function leftOut(dates: readonly LocalDate[], weekdays: readonly number[]): LocalDate[] {
  return [...new Set(dates)].filter((date) => weekdays.includes(weekdayOf(parseDate(date) ?? 0))).sort()
}
