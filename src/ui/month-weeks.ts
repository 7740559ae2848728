import type { UptimeMonth } from '../domain/status-page/views.ts'
import { datesOfMonth } from '../lib/dates.ts'

type Day = UptimeMonth['days'][number]

/** One square of a wall calendar: nothing before the first and after the last, a bare number for days to come. */
export type Square = { day: number; record: Day | null } | null

/** A month in weeks that begin on Monday. */
export function monthWeeks({ month, days }: Pick<UptimeMonth, 'month' | 'days'>): Square[][] {
  const { first, last } = datesOfMonth(month)
  const records = new Map(days.map((record) => [record.date, record]))
  const squares: Square[] = Array.from({ length: (new Date(first).getUTCDay() + 6) % 7 }, () => null)
  for (let day = 1; day <= Number(last.slice(8)); day += 1) {
    squares.push({ day, record: records.get(`${month}-${String(day).padStart(2, '0')}`) ?? null })
  }
  while (squares.length % 7 > 0) squares.push(null)
  return Array.from({ length: squares.length / 7 }, (_, week) => squares.slice(week * 7, week * 7 + 7))
}
