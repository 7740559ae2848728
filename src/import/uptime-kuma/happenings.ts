import type { ImportedIncident } from '../../domain/incidents/import-incident.ts'
import type { IncidentImpact } from '../../domain/incidents/incident.ts'
import type { ImportedMaintenance } from '../../domain/maintenance/import-maintenance.ts'
import type { Instant } from '../../lib/instant.ts'
import { isTimeZone } from '../../lib/time-zones.ts'
import { momentIn } from '../fields.ts'
import { leaveOut } from '../left-out.ts'
import { begunUpdate, completedUpdate, RESOLVED_BODY } from '../made-up-updates.ts'
import { plainUpdate } from '../plain-update.ts'
import { UnusableRecord } from '../report.ts'
import type { Incident, Maintenance } from './documents.ts'
import { incidentId, maintenanceId, monitorId, updateId } from './ids.ts'

/** The colour is all that an incident says about how bad it is. */
const IMPACT = new Map<string, IncidentImpact>([
  ['warning', 'minor'],
  ['danger', 'major'],
  ...['', 'info', 'primary', 'light', 'dark'].map((colour) => [colour, 'none'] as const),
])

/** How far a maintenance with one window can have come; `inactive` is refused. */
const STATES = ['scheduled', 'under-maintenance', 'ended', 'unknown']
const SAME_ZONE = 'SAME_AS_SERVER'

/** An incident, which in Uptime Kuma is one text: pinned while it lasts, and then not. */
export function toIncident(record: Incident): ImportedIncident {
  const { id, createdDate: begun } = record
  if (!IMPACT.has(record.style)) leaveOut('style')
  const updatedAt = Math.max(begun, record.lastUpdatedDate ?? begun)
  const isOver = record.active === false || record.pin === false
  const first = {
    id: updateId('incident', id, 'first'),
    status: 'investigating',
    body: record.content,
    at: begun,
  }
  const over = {
    id: updateId('incident', id, 'over'),
    status: 'resolved',
    body: RESOLVED_BODY,
    at: updatedAt,
  }
  return {
    id: incidentId(id),
    name: record.title,
    impact: IMPACT.get(record.style) ?? 'none',
    backfilled: false,
    createdAt: begun,
    updatedAt,
    updates: [plainUpdate(first), ...(isOver ? [plainUpdate(over)] : [])],
    standInId: over.id,
    postmortem: null,
  }
}

/** What a maintenance does not say itself. */
export interface Beside {
  /** The names of the components by Uptime Kuma's number. */
  names: ReadonlyMap<string, string>
  /** That of the server, which a maintenance may refer to. */
  zone: string
  /** When the backup was made. */
  madeAt: Instant
}

/**
 * A maintenance with one window. It does not say when it was announced: before it began, and before the backup.
 * @throws UnusableRecord with a sentence when it has no window of its own
 */
export function toMaintenance(record: Maintenance, { names, zone, madeAt }: Beside): ImportedMaintenance {
  const { id, strategy, status } = record
  if (strategy === 'manual') throw new UnusableRecord('It is switched by hand and has no window.')
  if (strategy !== 'single')
    throw new UnusableRecord(`It is repeated (${strategy.slice(0, 50)}): schedule each time here.`)
  if (status === 'inactive') throw new UnusableRecord('It is switched off there.')
  if (status !== undefined && !STATES.includes(status)) leaveOut('status')
  const [begins, ends] = windowOf(record, zone)
  const announced = Math.min(begins, madeAt)
  const planned = record.monitors.flatMap(({ id: key }) => {
    const name = names.get(key)
    if (name !== undefined)
      return [{ componentId: monitorId(key), name, level: 'under_maintenance' as const }]
    leaveOut('monitors')
    return []
  })
  const first = updateId('maintenance', id, 'first')
  const body = record.description || record.title
  const updates = [plainUpdate({ id: first, status: 'scheduled', body, at: announced })]
  const isOver = status === 'ended'
  if (isOver || status === 'under-maintenance')
    updates.push(begunUpdate(updateId('maintenance', id, 'begun'), begins, planned))
  if (isOver) updates.push(completedUpdate(updateId('maintenance', id, 'over'), ends, planned))
  return {
    id: maintenanceId(id),
    name: record.title,
    scheduledFor: begins,
    scheduledUntil: ends,
    createdAt: announced,
    updatedAt: announced,
    components: planned,
    updates,
    standInId: updateId('maintenance', id, 'over'),
  }
}

function windowOf({ dateRange, timezone }: Maintenance, serverZone: string): [Instant, Instant] {
  const isOwn = timezone !== null && timezone !== undefined && isTimeZone(timezone)
  if (timezone && !isOwn && timezone !== SAME_ZONE) leaveOut('timezone')
  const Moment = momentIn(isOwn ? timezone : serverZone)
  const [begins, ends] = dateRange.map((text) => Moment.safeParse(text).data)
  if (begins === undefined || ends === undefined) throw new UnusableRecord('It has no window with two times.')
  if (ends <= begins) throw new UnusableRecord('It does not end after it begins.')
  return [begins, ends]
}
