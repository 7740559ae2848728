import {
  addDays,
  addMonths,
  datesOfMonth,
  type LocalMonth,
  localDateOf,
  monthOf,
  startOfDate,
} from '../../lib/dates.ts'
import type { Instant } from '../../lib/instant.ts'
import { findComponent } from '../components/components.ts'
import { firstIncidentAt } from '../incidents/list-incidents.ts'
import { firstMaintenanceAt } from '../maintenance/list-maintenances.ts'
import type { MaintenanceStatus } from '../maintenance/maintenance.ts'
import type { Reader } from '../tx.ts'
import { type Begun, countOf, inParts, readBegun, readBegunViews } from './begun.ts'
import { choicesAmong, readChoosable } from './component-choices.ts'
import type { Moment } from './component-views.ts'
import { readPageView } from './page-view.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { DayCount, HistoryMonth, HistoryView } from './views.ts'

export const MONTHS_PER_PAGE = 3

/** Three months of the past, page 1 being the newest; undefined for an unknown component or a page beyond the first month. */
export async function readHistory(
  reader: Reader,
  asked: { number: number; componentId: string | null },
  viewpoint: Viewpoint,
): Promise<HistoryView | undefined> {
  const page = await readPageView(reader, viewpoint)
  const zone = page.timeZone
  const component = asked.componentId === null ? null : await findComponent(reader, asked.componentId)
  if (component === undefined) return undefined
  const { months, isLast } = await readHistoryPage(
    reader,
    { number: asked.number, ...(component !== null && { componentId: component.id }) },
    { zone, now: viewpoint.now },
  )
  if (months.length === 0) return undefined
  return {
    page,
    number: asked.number,
    isLast,
    choices: choicesAmong(await readChoosable(reader)),
    component: component && { id: component.id, name: component.name },
    months: await readMonths(reader, months, { ...viewpoint, zone, isWhole: component !== null }),
  }
}

/** What began in a month. */
export type MonthBegun = Begun & { month: LocalMonth }

/**
 * The months of one page of the history, the newest first, with what began in each, of one component when it is given;
 * no month on a page beyond the first.
 */
export async function readHistoryPage(
  reader: Reader,
  { number, componentId }: { number: number; componentId?: string },
  { zone, now }: Moment,
): Promise<{ months: MonthBegun[]; isLast: boolean }> {
  const newest = addMonths(monthOf(localDateOf(now, zone)), -(number - 1) * MONTHS_PER_PAGE)
  const oldest = addMonths(newest, 1 - MONTHS_PER_PAGE)
  const firstMonth = monthOf(localDateOf(await readBeginning(reader, now), zone))
  if (newest < firstMonth) return { months: [], isLast: true }
  const begun = await readBegun(reader, {
    from: startOfDate(datesOfMonth(oldest).first, zone),
    until: startOfDate(addDays(datesOfMonth(newest).last, 1), zone),
    statuses: BEGUN,
    ...(componentId !== undefined && { componentId }),
  })
  const inMonth = inParts(begun, (at) => monthOf(localDateOf(at, zone)))
  const months = Array.from({ length: MONTHS_PER_PAGE }, (_, index) => addMonths(newest, -index))
  return {
    months: months.filter((month) => month >= firstMonth).map((month) => ({ month, ...inMonth(month) })),
    isLast: oldest <= firstMonth,
  }
}

/** The page on which a month stands while another is running. */
export function pageOfMonth(month: LocalMonth, running: LocalMonth): number {
  const { years, months } = Temporal.PlainYearMonth.from(running).since(month)
  return Math.floor((12 * years + months) / MONTHS_PER_PAGE) + 1
}

/** The states of a maintenance that has begun, or was to begin. */
export const BEGUN: MaintenanceStatus[] = ['in_progress', 'verifying', 'completed', 'cancelled']

/** When anything began for the first time; `now` as long as nothing has. */
export async function readBeginning(reader: Reader, now: Instant): Promise<Instant> {
  return Math.min((await firstIncidentAt(reader)) ?? now, (await firstMaintenanceAt(reader)) ?? now)
}

/** More than this in a month nobody reads to the end. */
export const MOST_IN_MONTH = 100

async function readMonths(
  reader: Reader,
  parts: MonthBegun[],
  { zone, isWhole, ...viewpoint }: Viewpoint & { zone: string; isWhole: boolean },
): Promise<HistoryMonth[]> {
  const isBusy = (part: Begun) => !isWhole && countOf(part) > MOST_IN_MONTH
  const told = await readBegunViews(
    reader,
    parts.filter((part) => !isBusy(part)),
    viewpoint,
  )
  return parts.map((part) => {
    const views = told.find(({ month }) => month === part.month)
    return views === undefined
      ? { month: part.month, isBusy: true, days: daysOf(part, zone) }
      : { ...views, isBusy: false }
  })
}

/** How much began on each day on which anything did, newest first. */
function daysOf(begun: Begun, zone: string): DayCount[] {
  const dateOf = (at: Instant) => localDateOf(at, zone)
  const onDay = inParts(begun, dateOf)
  const dates = new Set([
    ...begun.incidents.map(({ startedAt }) => dateOf(startedAt)),
    ...begun.maintenances.map(({ scheduledFor }) => dateOf(scheduledFor)),
  ])
  return [...dates]
    .sort()
    .reverse()
    .map((date) => {
      const { incidents, maintenances } = onDay(date)
      return { date, incidents: incidents.length, maintenances: maintenances.length }
    })
}
