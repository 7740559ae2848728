import type { HomeView } from '../domain/status-page/views.ts'

type Day = HomeView['days'][number]

/** A day on which something happened, or a run of days on which nothing did. Newest first, as given. */
export type DayRow = { kind: 'day'; day: Day } | { kind: 'quiet'; newest: string; oldest: string }

/** Joins neighbouring days without anything, so that a quiet week is one line. */
export function dayRows(days: readonly Day[]): DayRow[] {
  const rows: DayRow[] = []
  for (const day of days) {
    const last = rows.at(-1)
    const isQuiet = day.incidents.length === 0 && day.maintenances.length === 0
    if (!isQuiet) rows.push({ kind: 'day', day })
    else if (last?.kind === 'quiet') last.oldest = day.date
    else rows.push({ kind: 'quiet', newest: day.date, oldest: day.date })
  }
  return rows
}
