import {
  addMonths,
  datesOfMonth,
  daysBetween,
  type LocalDay,
  type LocalMonth,
  localDateOf,
  monthOf,
} from '../../lib/dates.ts'
import type { Component } from '../components/component.ts'
import { uptimeRatio } from '../components/uptime.ts'
import type { Reader } from '../tx.ts'
import { dayBars, type Moment, type Past, readPast, startOnOf } from './component-views.ts'
import type { UptimeMonth } from './views.ts'

/** Days of one component in a row, the earliest first, and together. */
type UptimeOfDays = Omit<UptimeMonth, 'month'>

/**
 * Some months of one component, page 1 having the newest; none before its first. Undefined for a page that has nothing
 * but such months.
 */
export async function readUptimePage(
  reader: Reader,
  component: Component,
  { number, monthsPerPage }: { number: number; monthsPerPage: number },
  moment: Moment,
): Promise<{ months: UptimeMonth[]; isLast: boolean } | undefined> {
  const running = monthOf(localDateOf(moment.now, moment.zone))
  const newest = addMonths(running, -(number - 1) * monthsPerPage)
  const first = monthOf(startOnOf(component, moment.zone))
  if (number > 1 && newest < first) return undefined
  const months = await readUptimeMonths(reader, component, { newest, count: monthsPerPage }, moment)
  return {
    months: months.filter(({ month }) => month >= first),
    isLast: addMonths(newest, 1 - monthsPerPage) <= first,
  }
}

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
  return months.map(({ month, days }) => ({ month, ...uptimeOf(component, past, days, { zone, now }) }))
}

/** What these days were for one component; the earliest come first. */
export async function readUptimeOfDays(
  reader: Reader,
  component: Component,
  days: readonly LocalDay[],
  moment: Moment,
): Promise<UptimeOfDays> {
  return uptimeOf(component, await readPast(reader, days, [component.id]), days, moment)
}

function uptimeOf(component: Component, past: Past, days: readonly LocalDay[], moment: Moment): UptimeOfDays {
  const bars = dayBars(component, past, days, moment)
  return {
    days: bars,
    uptimeRatio: uptimeRatio(bars),
    partialSeconds: bars.reduce((sum, day) => sum + day.partialSeconds, 0),
    majorSeconds: bars.reduce((sum, day) => sum + day.majorSeconds, 0),
  }
}
