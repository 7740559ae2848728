import type { HistoryDocument } from '../../domain/status-page/document-views.ts'
import type { IncidentView, MaintenanceView } from '../../domain/status-page/views.ts'
import { clockWords, monthWords, zoneWord } from '../../lib/date-words.ts'
import { localDateOf, monthOf } from '../../lib/dates.ts'
import type { Instant } from '../../lib/instant.ts'
import { type ImpactWord, incidentImpactWord, maintenanceImpactWord } from './impact-word.ts'
import { incidentUpdates } from './incident-json.ts'
import { type PageJson, pageJson } from './page-json.ts'
import { givenStatuses } from './update-json.ts'

/** `/history.json`: all that ever began, month by month, in the words that other pages show it with. */
export interface HistoryJson {
  page: PageJson
  /** Newest first; none on a page beyond the first month. */
  months: {
    /** In English. */
    name: string
    year: number
    /** The weekday of the first, 0 being Sunday. */
    starts_on: number
    days: number
    /** Maintenances among them, the latest to begin first. */
    incidents: HappeningLineJson[]
  }[]
  /** Ours; null on the last one. Other pages go on for ever with quiet months. */
  next_page: number | null
}

interface HappeningLineJson {
  /** Its id: `/incidents/CODE.json` is all of it. */
  code: string
  name: string
  /** The newest update, Markdown as typed. */
  message: string
  impact: ImpactWord
  /** When it was, by a clock of the page's zone, as HTML: `Nov <var data-var='date'>3</var>, …`. */
  timestamp: string
}

export function historyJson({ page, number, isLast, months }: HistoryDocument): HistoryJson {
  return {
    page: pageJson(page),
    months: months.map(({ month, incidents, maintenances }) => {
      const [name = '', year] = monthWords(month).split(' ')
      const { dayOfWeek, daysInMonth } = Temporal.PlainDate.from(`${month}-01`)
      const happenings = [
        ...incidents.map((view) => ({
          at: view.incident.startedAt,
          line: incidentLine(view, page.timeZone),
        })),
        ...maintenances.map((view) => ({
          at: view.maintenance.scheduledFor,
          line: maintenanceLine(view, page.timeZone),
        })),
      ]
      return {
        name,
        year: Number(year),
        starts_on: dayOfWeek % 7,
        days: daysInMonth,
        incidents: happenings.sort((a, b) => b.at - a.at).map(({ line }) => line),
      }
    }),
    next_page: isLast ? null : number + 1,
  }
}

function incidentLine(view: IncidentView, zone: string): HappeningLineJson {
  const { id, name, impactOverride, startedAt, resolvedAt } = view.incident
  return {
    code: id,
    name,
    message: incidentUpdates(view)[0]?.body ?? '',
    impact: incidentImpactWord(impactOverride, givenStatuses(view.updates)),
    timestamp: spanHtml(startedAt, resolvedAt, zone),
  }
}

function maintenanceLine({ maintenance, updates }: MaintenanceView, zone: string): HappeningLineJson {
  const { id, name, scheduledFor, scheduledUntil } = maintenance
  return {
    code: id,
    name,
    message: updates[0]?.body ?? '',
    impact: maintenanceImpactWord(givenStatuses(updates)),
    timestamp: spanHtml(scheduledFor, scheduledUntil, zone),
  }
}

/** Tools read these elements, and some their text alone: "Aug 26, 23:37 - Aug 27, 19:44 UTC". */
function spanHtml(from: Instant, until: Instant | null, zone: string): string {
  const date = localDateOf(from, zone)
  const end =
    until === null
      ? ''
      : ` - ${localDateOf(until, zone) === date ? timeHtml(until, zone) : dayHtml(until, zone)}`
  return `${dayHtml(from, zone)}${end} ${zoneWord(from, zone)}`
}

function dayHtml(at: Instant, zone: string): string {
  const date = localDateOf(at, zone)
  const month = monthWords(monthOf(date)).slice(0, 3)
  return `${month} <var data-var='date'>${Number(date.slice(-2))}</var>, ${timeHtml(at, zone)}`
}

function timeHtml(at: Instant, zone: string): string {
  return `<var data-var='time'>${clockWords(at, zone)}</var>`
}
