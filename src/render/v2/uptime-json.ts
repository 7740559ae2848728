import type { ComponentStatus } from '../../domain/components/component-status.ts'
import type { UptimeDocument } from '../../domain/status-page/document-views.ts'
import type { DayBar, UptimeMonth } from '../../domain/status-page/views.ts'
import { type PageJson, pageJson } from './page-json.ts'

/** `/uptime/:component.json`: the months of a calendar as tools draw it. */
export interface UptimeCalendarJson {
  component: { id: string; name: string }
  /** Newest first; the running one ends today. */
  months: {
    /** `YYYY-MM` */
    key: string
    /** A fraction of 1, or null without data. */
    uptime_percentage: number | null
    partial_seconds: number
    major_seconds: number
    days: UptimeDayJson[]
  }[]
}

/** A day in the page's zone, in seconds of partial and of major outage; null before the component's start. */
export interface UptimeDayJson {
  date: string
  p: number | null
  m: number | null
  events: { name: string; code: string }[]
}

export function uptimeCalendarJson({ component, months }: UptimeDocument): UptimeCalendarJson {
  return {
    component: { id: component.id, name: component.name },
    months: months.map((month) => ({
      key: month.month,
      uptime_percentage: month.uptimeRatio,
      partial_seconds: month.partialSeconds,
      major_seconds: month.majorSeconds,
      days: month.days.map(({ date, status, partialSeconds, majorSeconds, incidents }) => ({
        date,
        p: status === 'no_data' ? null : partialSeconds,
        m: status === 'no_data' ? null : majorSeconds,
        events: incidents.map(({ id, name }) => ({ name, code: id })),
      })),
    })),
  }
}

/** `/api/v2/components/:id/uptime.json`: ours, for people who compute. Times are whole seconds, days the page's. */
export interface ComponentUptimeJson {
  page: PageJson
  component: { id: string; name: string; start_date: string | null }
  /** How every ratio here comes from its seconds. */
  formula: string
  /** Newest first; the running one ends today. */
  months: (UptimeFiguresJson & { month: string; days: (UptimeFiguresJson & DayOfJson)[] })[]
}

interface UptimeFiguresJson {
  /** 0–1, or null without data. */
  uptime_ratio: number | null
  total_seconds: number
  partial_outage_seconds: number
  major_outage_seconds: number
}

interface DayOfJson {
  date: string
  /** The worst of the day, or `no_data` before the component's start. */
  status: ComponentStatus | 'no_data'
  incident_ids: string[]
}

const FORMULA = 'uptime_ratio = 1 - (major_outage_seconds + 0.3 * partial_outage_seconds) / total_seconds'

export function componentUptimeJson({ page, component, months }: UptimeDocument): ComponentUptimeJson {
  return {
    page: pageJson(page),
    component: { id: component.id, name: component.name, start_date: component.startOn },
    formula: FORMULA,
    months: months.map((month) => ({
      month: month.month,
      ...figuresOf(
        month,
        month.days.reduce((sum, day) => sum + countedSeconds(day), 0),
      ),
      days: month.days.map((day) => ({
        date: day.date,
        status: day.status,
        ...figuresOf(day, countedSeconds(day)),
        incident_ids: day.incidents.map(({ id }) => id),
      })),
    })),
  }
}

function figuresOf(
  {
    uptimeRatio,
    partialSeconds,
    majorSeconds,
  }: Pick<UptimeMonth, 'uptimeRatio' | 'partialSeconds' | 'majorSeconds'>,
  totalSeconds: number,
): UptimeFiguresJson {
  return {
    uptime_ratio: uptimeRatio,
    total_seconds: totalSeconds,
    partial_outage_seconds: partialSeconds,
    major_outage_seconds: majorSeconds,
  }
}

/** Days without data count for nothing. */
function countedSeconds({ status, totalSeconds }: DayBar): number {
  return status === 'no_data' ? 0 : totalSeconds
}
