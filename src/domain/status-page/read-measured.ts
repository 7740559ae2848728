import { localDateOf, startOfDate } from '../../lib/dates.ts'
import type { Instant } from '../../lib/instant.ts'
import { listLinkedIncidentIds } from '../defects/links.ts'
import { listIncidentsById } from '../incidents/list-incidents.ts'
import { measuredFirstWord, measuredResponse } from '../sla/record/measured.ts'
import type { Reader } from '../tx.ts'
import { listUpdates } from '../updates/list-updates.ts'
import type { Promised } from './read-promised.ts'
import type { MeasuredFigures } from './sla-views.ts'
import type { Viewpoint } from './viewpoint.ts'

/** How fast it really was in the last twelve months, for the defects that are shown and the incidents behind them. */
export async function readMeasured(
  reader: Reader,
  { promises, terms }: Promised,
  { now }: Viewpoint,
): Promise<MeasuredFigures> {
  const since = twelveMonthsBefore(now, terms.calendar.timeZone)
  const incidentIds = await listLinkedIncidentIds(
    reader,
    promises.map(({ defect }) => defect.id),
  )
  const linked = [...new Set([...incidentIds.values()].flat())]
  const updates = await listUpdates(reader, { incidentIds: linked })
  const told = (await listIncidentsById(reader, linked)).map((incident) => ({
    incident,
    defects: promises.flatMap(({ defect }) =>
      incidentIds.get(defect.id)?.includes(incident.id) ? [defect] : [],
    ),
    updates: updates.get(incident.id) ?? [],
  }))
  return { response: measuredResponse(promises, since), firstWord: measuredFirstWord(told, since) }
}

/** From the beginning of the day, so that the figures stand still from one midnight to the next. */
function twelveMonthsBefore(now: Instant, zone: string): Instant {
  const today = Temporal.PlainDate.from(localDateOf(now, zone))
  return startOfDate(today.subtract({ months: 12 }).toString(), zone)
}
