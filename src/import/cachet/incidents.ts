import type { ComponentStatus } from '../../domain/components/component-status.ts'
import type { ImportedIncident } from '../../domain/incidents/import-incident.ts'
import type { IncidentStatus } from '../../domain/incidents/incident.ts'
import type { ImportedUpdate } from '../../domain/updates/import-updates.ts'
import type { Instant } from '../../lib/instant.ts'
import { leaveOut } from '../left-out.ts'
import { RESOLVED_BODY } from '../made-up-updates.ts'
import { plainUpdate } from '../plain-update.ts'
import { UnusableRecord } from '../report.ts'
import type { ComponentsNow } from './components.ts'
import type { IncidentRecord } from './documents.ts'
import { componentId, incidentId, updateId } from './ids.ts'

const STATUS: Record<number, IncidentStatus> = {
  1: 'investigating',
  2: 'identified',
  3: 'monitoring',
  4: 'resolved',
}

/**
 * An incident with its message as the first update. Cachet keeps the newest state alone, so that one with further updates
 * is taken to have begun as investigating; and it keeps how a component is now, so that only an open incident does
 * something to its components.
 * @throws UnusableRecord with a sentence about what makes it unusable
 */
export function toIncident(record: IncidentRecord, now: ComponentsNow): ImportedIncident {
  const { id, updates } = record
  const status = statusOf(record.status, 'It')
  const begun = record.occurred_at ?? record.created_at
  if (begun === null) throw new UnusableRecord('It has neither “occurred_at” nor “created_at”.')
  const latest = updates.toSorted((a, b) => (a.created_at ?? 0) - (b.created_at ?? 0)).at(-1)
  const isOpen = status !== 'resolved' && latest?.status !== 4
  const first = plainUpdate({
    id: updateId('incident', id, 'first'),
    status: updates.length > 0 ? 'investigating' : status,
    body: record.message,
    at: begun,
    components: touched(record, now).map(({ key, name, statusNow }) => ({
      componentId: componentId(key),
      name,
      oldStatus: 'operational',
      newStatus: isOpen ? statusNow : 'operational',
    })),
  })
  const further = updates.map((update) => furtherUpdate(id, update, begun))
  return {
    id: incidentId(id),
    name: record.name,
    impact: null,
    backfilled: false,
    createdAt: record.created_at ?? begun,
    updatedAt: record.updated_at ?? record.created_at ?? begun,
    updates: [first, ...further, ...ending(record, status, [first, ...further])],
    standInId: updateId('incident', id, 'over'),
    postmortem: null,
  }
}

function statusOf(code: number | null | undefined, what: string): IncidentStatus {
  const status = STATUS[code ?? -1]
  if (status === undefined)
    throw new UnusableRecord(`${what} has the status ${code ?? 'null'}, which is none from 1 to 4.`)
  return status
}

function furtherUpdate(
  key: string,
  update: IncidentRecord['updates'][number],
  begun: Instant,
): ImportedUpdate {
  const at = update.created_at ?? begun
  return {
    ...plainUpdate({
      id: updateId('incident', key, update.id),
      status: statusOf(update.status, `Its update ${update.id}`),
      body: update.message,
      at,
    }),
    updatedAt: update.updated_at ?? at,
  }
}

/** Fixed without an update that says so: Cachet lets people edit the state alone. */
function ending(record: IncidentRecord, status: IncidentStatus, updates: ImportedUpdate[]): ImportedUpdate[] {
  const newest = updates.toSorted((a, b) => a.displayAt - b.displayAt).at(-1)
  if (status !== 'resolved' || newest === undefined || newest.status === 'resolved') return []
  const at = Math.max(record.updated_at ?? 0, newest.displayAt)
  const id = updateId('incident', record.id, 'over')
  return [plainUpdate({ id, status: 'resolved', body: RESOLVED_BODY, at })]
}

/** The components that an incident names, with their names and states now; those that are not on the page are left out. */
function touched(
  record: IncidentRecord,
  now: ComponentsNow,
): { key: string; name: string; statusNow: ComponentStatus }[] {
  const named = record.components.map((one) => one.component_id ?? one.id)
  const keys = record.component_id === null ? named : [record.component_id, ...named]
  return [...new Set(keys)].flatMap((key) => {
    const component = now.get(key ?? '')
    if (key !== null && component !== undefined) return [{ key, ...component }]
    leaveOut('components')
    return []
  })
}
