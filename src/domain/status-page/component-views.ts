import { addDays, daysBetween, type LocalDate, type LocalDay, localDateOf } from '../../lib/dates.ts'
import type { Instant } from '../../lib/instant.ts'
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
const BAR_DAYS = 90

/** Impacts on some days, and the names of the incidents behind them. */
export interface Past {
  impacts: Impact[]
  incidentNames: Map<string, string>
}

/** Everything that affected components on these days; of one component when it is given. */
export async function readPast(
  reader: Reader,
  days: readonly LocalDay[],
  componentId?: string,
): Promise<Past> {
  const [from = 0, until = 0] = [days[0]?.from, days.at(-1)?.until]
  const impacts = await listImpacts(reader, {
    from,
    until,
    ...(componentId !== undefined && { componentId }),
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

/** One component's days as bars. */
export function dayBars(
  component: Component,
  past: Past,
  days: readonly LocalDay[],
  { zone, now }: { zone: string; now: Instant },
): DayBar[] {
  const own = past.impacts.filter((impact) => impact.componentId === component.id)
  const records = dayRecords(own, days, { startOn: startOnOf(component, zone), now })
  return records.map(({ from, until, ...day }) => ({
    ...day,
    uptimeRatio: uptimeRatio([day]),
    incidents: day.status === 'no_data' ? [] : incidentsBetween(own, from, until, past.incidentNames),
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

/** The last ninety days up to today, oldest first. */
export function barDays(zone: string, { now }: Viewpoint): LocalDay[] {
  const last = localDateOf(now, zone)
  return daysBetween(addDays(last, 1 - BAR_DAYS), last, zone)
}

/** A component as the page shows it, with its bars over the last ninety days. */
export function componentView(
  component: Component,
  past: Past,
  status: ComponentStatus,
  days: readonly LocalDay[],
  moment: { zone: string; now: Instant },
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

/** The components of the page in their groups, in its order; those that stand alone come between the groups. */
export async function readSections(
  reader: Reader,
  components: Component[],
  zone: string,
  viewpoint: Viewpoint,
): Promise<ComponentSection[]> {
  const days = barDays(zone, viewpoint)
  const past = await readPast(reader, days)
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
      days,
      { zone, now: viewpoint.now },
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
