import type { Component } from '../../domain/components/component.ts'
import { startOnOf } from '../../domain/status-page/component-views.ts'
import { readUptimeOfDays } from '../../domain/status-page/uptime-months.ts'
import type { Reader } from '../../domain/tx.ts'
import { invalidField } from '../../errors.ts'
import { addDays, daysBetween, isLocalDate, type LocalDate, localDateOf } from '../../lib/dates.ts'
import { parseIso, SECOND_MS, toIso } from '../../lib/instant.ts'
import type { View } from './v1-routes.ts'

/** As many as are shown where nobody says how many. */
const DAYS = 90
const MOST_DAYS = 366

/**
 * The uptime of a component from `start` to `end`, whole days in the page's zone, named by a date or by an instant; the
 * last ninety days where neither is said. What lies before the component's start or after today is left out, with a warning.
 * @throws DomainError `invalid`
 */
export async function readComponentUptime(
  reader: Reader,
  component: Component,
  query: URLSearchParams,
  { page, now }: View,
): Promise<object> {
  const moment = { zone: page.timeZone, now }
  const [begun, today] = [startOnOf(component, page.timeZone), localDateOf(now, page.timeZone)]
  const asked = { start: dateIn(query, 'start', page.timeZone), end: dateIn(query, 'end', page.timeZone) }
  const last = earlier(asked.end ?? today, today)
  const first = later(asked.start ?? addDays(last, 1 - DAYS), begun)
  if (first > last) throw invalidField('?start', 'The component has no day between these two.')
  const days = daysBetween(first, earlier(last, addDays(first, MOST_DAYS)), page.timeZone)
  if (days.length > MOST_DAYS) throw invalidField('?end', `This may be ${MOST_DAYS} days at most.`)
  const { uptimeRatio, partialSeconds, majorSeconds } = await readUptimeOfDays(
    reader,
    component,
    days,
    moment,
  )
  const warnings = [
    ...(asked.start !== undefined && asked.start < first
      ? [`The start is ${first}, with which the component begins.`]
      : []),
    ...(asked.end !== undefined && asked.end > last ? [`The end is ${last}, which is today.`] : []),
  ]
  return {
    range_start: toIso(days[0]?.from ?? now),
    range_end: toIso((days.at(-1)?.until ?? now) - SECOND_MS),
    uptime_percentage: 100 * (uptimeRatio ?? 1),
    major_outage: majorSeconds,
    partial_outage: partialSeconds,
    // The description has one text for all of them, with a list in it.
    ...(warnings.length > 0 && { warnings: JSON.stringify(warnings) }),
    id: component.id,
    name: component.name,
  }
}

function dateIn(query: URLSearchParams, name: string, zone: string): LocalDate | undefined {
  const text = query.get(name)
  if (text === null || text === '') return undefined
  if (isLocalDate(text)) return text
  const at = parseIso(text)
  if (at !== undefined) return localDateOf(at, zone)
  throw invalidField(`?${name}`, 'This is no date like 2026-11-13, and no time like 2026-11-13T14:30:00Z.')
}

function earlier(one: LocalDate, other: LocalDate): LocalDate {
  return one < other ? one : other
}

function later(one: LocalDate, other: LocalDate): LocalDate {
  return one > other ? one : other
}
