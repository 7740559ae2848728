import type { OpeningHours } from '../../../../src/domain/sla/support/opening.ts'
import { NewSupportHours } from '../../../../src/domain/sla/support/support-hours-input.ts'

/** `09:00–18:00` on weekdays, as many as are given. */
export type Told = [weekdays: number[], ...windows: string[]]

/** Hours as they are saved, so that what cannot be saved is no case. */
export function hoursIn(timeZone: string, told: Told[], excludedDates: string[] = []): OpeningHours {
  const hours = told.flatMap(([weekdays, ...windows]) =>
    windows.map((window) => ({ weekdays, opens: window.slice(0, 5), closes: window.slice(6) })),
  )
  const saved = NewSupportHours.parse({
    channel: 'chat',
    time_zone: timeZone,
    hours,
    excluded_dates: excludedDates,
  })
  return { timeZone, hours: saved.hours, excludedDates: saved.excluded_dates }
}

export function dateAfter(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString()
}
