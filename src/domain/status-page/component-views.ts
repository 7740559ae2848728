import { addDays, type LocalDate, localDateOf, startOfDate } from '../../lib/dates.ts'
import type { Component } from '../components/component.ts'
import { listComponentGroups } from '../components/component-groups.ts'
import type { ComponentStatus } from '../components/component-status.ts'
import { worstStatus } from '../components/component-status.ts'
import { type Impact, listImpacts, statusesOf } from '../components/impacts.ts'
import { dayRecords, uptimeRatio } from '../components/uptime.ts'
import type { Reader } from '../tx.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { ComponentSection, ComponentView, DayBar } from './views.ts'

/** How many days the bars show; style sheets show fewer on small screens. */
export const BAR_DAYS = 90

/** Impacts on some days, and the names of the incidents behind them. */
export interface Past {
  impacts: Impact[]
  incidentNames: Map<string, string>
}

/** Everything that affected components between two dates, both included. */
export async function readPast(
  reader: Reader,
  range: { first: LocalDate; last: LocalDate; zone: string; componentId?: string },
): Promise<Past> {
  const impacts = await listImpacts(reader, {
    from: startOfDate(range.first, range.zone),
    until: startOfDate(addDays(range.last, 1), range.zone),
    ...(range.componentId !== undefined && { componentId: range.componentId }),
  })
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

/** One component's days as bars, from `first` to `last`. */
export function dayBars(
  component: Component,
  past: Past,
  range: { first: LocalDate; last: LocalDate; zone: string },
  now: number,
): DayBar[] {
  const own = past.impacts.filter((impact) => impact.componentId === component.id)
  const days = dayRecords(own, { ...range, startOn: startOnOf(component, range.zone), now })
  return days.map((day) => {
    const from = startOfDate(day.date, range.zone)
    const until = startOfDate(addDays(day.date, 1), range.zone)
    const ids = new Set(
      own
        .filter((impact) => impact.from < until && (impact.until ?? until) > from)
        .flatMap((impact) => impact.incidentId ?? []),
    )
    return {
      date: day.date,
      status: day.status,
      partialSeconds: day.partialSeconds,
      majorSeconds: day.majorSeconds,
      uptimeRatio: uptimeRatio([day]),
      totalSeconds: day.totalSeconds,
      incidents:
        day.status === 'no_data'
          ? []
          : [...ids].map((id) => ({ id, name: past.incidentNames.get(id) ?? id })),
    }
  })
}

/** A component as the page shows it, with its bars over the last ninety days. */
export function componentView(
  component: Component,
  past: Past,
  status: ComponentStatus,
  zone: string,
  { now }: Viewpoint,
): ComponentView {
  const last = localDateOf(now, zone)
  const bars = dayBars(component, past, { first: addDays(last, 1 - BAR_DAYS), last, zone }, now)
  return {
    id: component.id,
    name: component.name,
    description: component.description,
    status,
    startOn: startOnOf(component, zone),
    bars: component.showcase ? bars : null,
    uptimeRatio: uptimeRatio(bars),
  }
}

/** The components of the page in their groups, in its order; those that stand alone come between the groups. */
export async function readSections(
  reader: Reader,
  components: Component[],
  zone: string,
  viewpoint: Viewpoint,
): Promise<ComponentSection[]> {
  const last = localDateOf(viewpoint.now, zone)
  const past = await readPast(reader, { first: addDays(last, 1 - BAR_DAYS), last, zone })
  const byComponent = Map.groupBy(past.impacts, (impact) => impact.componentId)
  const current = past.impacts.filter(
    (impact) => impact.from <= viewpoint.now && (impact.until === null || impact.until > viewpoint.now),
  )
  const statuses = statusesOf(current)
  const viewOf = (component: Component) =>
    componentView(
      component,
      { ...past, impacts: byComponent.get(component.id) ?? [] },
      statuses.get(component.id) ?? 'operational',
      zone,
      viewpoint,
    )
  const shown = components.filter(
    (component) =>
      !component.onlyShowIfDegraded || (statuses.get(component.id) ?? 'operational') !== 'operational',
  )
  const groups = await listComponentGroups(reader)
  const sections = groups.map((group) => {
    const members = shown.filter((component) => component.groupId === group.id).map(viewOf)
    return { position: group.position, section: sectionOf(group, members) }
  })
  const alone = shown.filter((component) => component.groupId === null)
  if (alone.length > 0) {
    const position = Math.min(...alone.map((component) => component.position))
    sections.push({ position, section: sectionOf(null, alone.map(viewOf)) })
  }
  return sections
    .filter(({ section }) => section.components.length > 0)
    .sort((a, b) => a.position - b.position)
    .map(({ section }) => section)
}

function sectionOf(
  group: { id: string; name: string; description: string | null } | null,
  components: ComponentView[],
): ComponentSection {
  return {
    id: group?.id ?? null,
    name: group?.name ?? null,
    description: group?.description ?? null,
    status: worstStatus(components.map((component) => component.status)),
    components,
  }
}
