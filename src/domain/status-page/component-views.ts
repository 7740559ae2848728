import { addDays, daysBetween, type LocalDate, type LocalDay, localDateOf } from '../../lib/dates.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Component } from '../components/component.ts'
import { type Impact, listImpacts } from '../components/impacts.ts'
import { dayRecords, uptimeRatio } from '../components/uptime.ts'
import type { Reader } from '../tx.ts'
import type { ComponentState } from './component-states.ts'
import type { ComponentView, DayBar } from './views.ts'

/** How many days the bars show; style sheets show fewer on small screens. */
const BAR_DAYS = 90

/** The page's zone, in which days are counted, and the present. */
export interface Moment {
  zone: string
  now: Instant
}

/** Impacts on some days, and the names of the incidents behind them. */
export interface Past {
  impacts: Impact[]
  incidentNames: Map<string, string>
}

/** Everything that affected these components on these days, which come oldest first. */
export async function readPast(
  reader: Reader,
  days: readonly LocalDay[],
  componentIds: string[],
): Promise<Past> {
  const [from = 0, until = 0] = [days[0]?.from, days.at(-1)?.until]
  const impacts = await listImpacts(reader, { from, until, componentIds })
  const ids = [...new Set(impacts.flatMap((impact) => impact.incidentId ?? []))]
  const incidentNames = new Map<string, string>()
  // Statements take a bounded number of values.
  for (let start = 0; start < ids.length; start += 1_000) {
    const rows = await reader
      .selectFrom('incident')
      .select(['id', 'name'])
      .where('id', 'in', ids.slice(start, start + 1_000))
      .execute()
    for (const row of rows) incidentNames.set(row.id, row.name)
  }
  return { impacts, incidentNames }
}

/** The day from which a component's uptime counts: its start date, or the day it was made, in the page's zone. */
export function startOnOf(component: Component, zone: string): LocalDate {
  return component.startOn ?? localDateOf(component.createdAt, zone)
}

/** One component's days as bars; the past is its own. */
export function dayBars(
  component: Component,
  past: Past,
  days: readonly LocalDay[],
  { zone, now }: Moment,
): DayBar[] {
  const records = dayRecords(past.impacts, days, { startOn: startOnOf(component, zone), now })
  return records.map(({ from, until, ...day }) => ({
    ...day,
    uptimeRatio: uptimeRatio([day]),
    incidents:
      day.status === 'no_data' ? [] : incidentsBetween(past.impacts, from, until, past.incidentNames),
  }))
}

function incidentsBetween(
  impacts: Impact[],
  from: Instant,
  until: Instant,
  names: Past['incidentNames'],
): DayBar['incidents'] {
  const during = impacts.filter((impact) => impact.from < until && (impact.until ?? until) > from)
  const ids = new Set(during.flatMap((impact) => impact.incidentId ?? []))
  return [...ids].map((id) => ({ id, name: names.get(id) ?? id }))
}

/** Components as the page shows them, with their bars over the last ninety days, in the order given. */
export async function readComponentViews(
  reader: Reader,
  states: readonly ComponentState[],
  moment: Moment,
): Promise<ComponentView[]> {
  const last = localDateOf(moment.now, moment.zone)
  const days = daysBetween(addDays(last, 1 - BAR_DAYS), last, moment.zone)
  const { impacts, incidentNames } = await readPast(
    reader,
    days,
    states.map(({ component }) => component.id),
  )
  const byComponent = Map.groupBy(impacts, ({ componentId }) => componentId)
  return states.map((state) => {
    const own = { impacts: byComponent.get(state.component.id) ?? [], incidentNames }
    return componentView(state, own, days, moment)
  })
}

function componentView(
  { component, status }: ComponentState,
  past: Past,
  days: readonly LocalDay[],
  moment: Moment,
): ComponentView {
  const bars = dayBars(component, past, days, moment)
  return {
    id: component.id,
    name: component.name,
    description: component.description,
    status,
    startOn: startOnOf(component, moment.zone),
    bars: component.showcase ? bars : null,
    uptimeRatio: uptimeRatio(bars),
  }
}
