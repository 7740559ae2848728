import type { ComponentStatus } from '../domain/components/component-status.ts'
import type { IncidentImpact, IncidentStatus } from '../domain/incidents/incident.ts'
import { openIncident } from '../domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../domain/incidents/post-update.ts'
import type { Tx } from '../domain/tx.ts'
import { type Instant, MINUTE_MS } from '../lib/instant.ts'
import { type Act, type Cast, idOf, PEOPLE, withIds } from './act.ts'

/** An incident as the script tells it. */
export interface ToldIncident {
  /** The script's name: `incident/KEY`, and `update/KEY/1` for its first update. */
  key: string
  name: string
  at: Instant
  impact?: IncidentImpact
  backfilled?: boolean
  updates: ToldUpdate[]
}

export interface ToldUpdate {
  status: IncidentStatus
  /** When it was posted, in minutes after the incident's `at`. */
  after: number
  text: string
  /** Component keys and how they are from then on. */
  components?: Record<string, ComponentStatus>
  /** How many minutes before it was posted it is shown to have happened. */
  shownEarlier?: number
}

export function incidentActs(told: ToldIncident): Act[] {
  return told.updates.map((update, index) => ({
    at: postedAt(told, index),
    by: index === 0 ? PEOPLE.duty : PEOPLE.lead,
    play: async (tx, cast) => {
      const input = inputOf(tx, cast, update)
      if (index > 0) {
        const id = await postIncidentUpdate(tx, idOf(cast, `incident/${told.key}`), input)
        cast.set(`update/${told.key}/${index + 1}`, id)
        return
      }
      const id = await openIncident(tx, {
        name: told.name,
        impact_override: told.impact ?? null,
        backfilled: told.backfilled ?? false,
        ...input,
      })
      cast.set(`incident/${told.key}`, id)
      cast.set(`update/${told.key}/1`, await firstUpdateId(tx, id))
    },
  }))
}

/** When the script posts an update, counted from 0. */
export function postedAt(told: ToldIncident, index: number): Instant {
  const update = told.updates.at(index)
  if (!update) throw new Error(`Incident ${told.key} has no update ${index}.`)
  return told.at + update.after * MINUTE_MS
}

function inputOf(tx: Tx, cast: Cast, update: ToldUpdate) {
  return {
    status: update.status,
    body: update.text,
    components: withIds(cast, 'component', update.components ?? {}),
    display_at: tx.now - (update.shownEarlier ?? 0) * MINUTE_MS,
  }
}

async function firstUpdateId(tx: Tx, incidentId: string): Promise<string> {
  const { id } = await tx.db
    .selectFrom('status_update')
    .select('id')
    .where('incident_id', '=', incidentId)
    .executeTakeFirstOrThrow()
  return id
}
