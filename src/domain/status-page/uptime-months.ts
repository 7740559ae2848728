import { addMonths, datesOfMonth, type LocalMonth, localDateOf, monthOf } from '../../lib/dates.ts'
import type { Component } from '../components/component.ts'
import { uptimeRatio } from '../components/uptime.ts'
import type { Reader } from '../tx.ts'
import { dayBars, readPast } from './component-views.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { UptimeMonth } from './views.ts'

/** `count` months of one component, `newest` first; the running month ends today. */
export async function readUptimeMonths(
  reader: Reader,
  component: Component,
  range: { newest: LocalMonth; count: number; zone: string },
  { now }: Viewpoint,
): Promise<UptimeMonth[]> {
  const { newest, count, zone } = range
  const today = localDateOf(now, zone)
  const months = Array.from({ length: count }, (_, index) => addMonths(newest, -index))
  const oldest = months.at(-1) ?? newest
  const past = await readPast(reader, {
    first: datesOfMonth(oldest).first,
    last: datesOfMonth(newest).last,
    zone,
    componentId: component.id,
  })
  return months.map((month) => {
    const { first, last } = datesOfMonth(month)
    const days = dayBars(component, past, { first, last: month === monthOf(today) ? today : last, zone }, now)
    return {
      month,
      days,
      uptimeRatio: uptimeRatio(days),
      partialSeconds: days.reduce((sum, day) => sum + day.partialSeconds, 0),
      majorSeconds: days.reduce((sum, day) => sum + day.majorSeconds, 0),
    }
  })
}
