import {
  addMonths,
  datesOfMonth,
  daysBetween,
  type LocalMonth,
  localDateOf,
  monthOf,
} from '../../lib/dates.ts'
import type { Component } from '../components/component.ts'
import { uptimeRatio } from '../components/uptime.ts'
import type { Reader } from '../tx.ts'
import { dayBars, type Moment, readPast } from './component-views.ts'
import type { UptimeMonth } from './views.ts'

/** `count` months of one component, `newest` first; the running month ends today. */
export async function readUptimeMonths(
  reader: Reader,
  component: Component,
  { newest, count }: { newest: LocalMonth; count: number },
  { zone, now }: Moment,
): Promise<UptimeMonth[]> {
  const today = localDateOf(now, zone)
  const months = Array.from({ length: count }, (_, index) => {
    const month = addMonths(newest, -index)
    const { first, last } = datesOfMonth(month)
    return { month, days: daysBetween(first, month === monthOf(today) ? today : last, zone) }
  })
  const past = await readPast(
    reader,
    months.toReversed().flatMap(({ days }) => days),
    [component.id],
  )
  return months.map(({ month, days }) => {
    const bars = dayBars(component, past, days, { zone, now })
    return {
      month,
      days: bars,
      uptimeRatio: uptimeRatio(bars),
      partialSeconds: bars.reduce((sum, day) => sum + day.partialSeconds, 0),
      majorSeconds: bars.reduce((sum, day) => sum + day.majorSeconds, 0),
    }
  })
}
