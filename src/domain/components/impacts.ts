import type { Selectable } from 'kysely'
import type { ImpactTable } from '../../db/schema.ts'
import { newId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Reader, Tx } from '../tx.ts'
import { type ComponentStatus, type ImpactLevel, worstStatus } from './component-status.ts'

/** What makes a component worse: an incident or a maintenance. */
export type Cause =
  | { incidentId: string; maintenanceId?: never }
  | { maintenanceId: string; incidentId?: never }

/** How badly one cause affects one component, in `[from, until)`; `until` is null while it lasts. */
export interface Impact {
  componentId: string
  incidentId: string | null
  maintenanceId: string | null
  level: ImpactLevel
  from: Instant
  until: Instant | null
}

export type ImpactSpan = Pick<Impact, 'componentId' | 'level' | 'from' | 'until'>

/**
 * Makes these the impacts of a cause, instead of all it had: impacts follow from updates and are never edited. The
 * components for which that changes anything are dated anew, as programs expect that watch their `updated_at`.
 */
export async function replaceImpacts(tx: Tx, cause: Cause, spans: ImpactSpan[]): Promise<void> {
  const column = cause.incidentId === undefined ? 'maintenance_id' : 'incident_id'
  const causeId = cause.incidentId ?? cause.maintenanceId
  const before = await tx.db.selectFrom('impact').selectAll().where(column, '=', causeId).execute()
  const changed = componentsBetween(before.map(toImpact), spans)
  if (changed.length === 0) return
  await tx.db.deleteFrom('impact').where(column, '=', causeId).execute()
  // A statement takes a bounded number of values on both engines.
  for (let start = 0; start < spans.length; start += 500) {
    await tx.db
      .insertInto('impact')
      .values(
        spans.slice(start, start + 500).map((span) => ({
          id: newId(),
          component_id: span.componentId,
          incident_id: cause.incidentId ?? null,
          maintenance_id: cause.maintenanceId ?? null,
          level: span.level,
          from_at: span.from,
          until_at: span.until,
        })),
      )
      .execute()
  }
  const isImport = tx.actor.kind === 'import'
  const byTime = Map.groupBy(changed, (id) => (isImport ? latestIn(spans, id) : tx.now))
  for (const [at, ids] of byTime) await dateAnew(tx, ids, at)
}

async function dateAnew(tx: Tx, componentIds: string[], at: Instant): Promise<void> {
  for (let start = 0; start < componentIds.length; start += 500) {
    await tx.db
      .updateTable('component')
      .set({ updated_at: at })
      .where('id', 'in', componentIds.slice(start, start + 500))
      .where('updated_at', '<', at)
      .execute()
  }
}

/** The components of which one list of spans says something else than the other. */
function componentsBetween(before: ImpactSpan[], after: ImpactSpan[]): string[] {
  const [was, is] = [before, after].map(textsOf) as [Map<string, string>, Map<string, string>]
  return [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id))
}

function textsOf(spans: ImpactSpan[]): Map<string, string> {
  const texts = new Map<string, string>()
  for (const { componentId, level, from, until } of spans.toSorted((a, b) => a.from - b.from))
    texts.set(componentId, `${texts.get(componentId) ?? ''} ${level} ${from}–${until}`)
  return texts
}

/** When something last changed for a component there; spans that are imported begin and end with the postings. */
function latestIn(spans: ImpactSpan[], id: string): Instant {
  const own = spans.filter(({ componentId }) => componentId === id)
  return Math.max(0, ...own.map(({ from, until }) => until ?? from))
}

/** Impacts that overlap `[from, until)`, earliest first; of these components, where they are given. */
export async function listImpacts(
  reader: Reader,
  { from, until, componentIds }: { from: Instant; until: Instant; componentIds?: string[] },
): Promise<Impact[]> {
  if (componentIds?.length === 0) return []
  const query = reader
    .selectFrom('impact')
    .selectAll()
    .where((eb) => {
      const lasting = [eb('until_at', 'is', null), eb('until_at', '>', from)]
      if (componentIds === undefined) return eb.or(lasting)
      // The components on both sides: so an index leads to what is asked for, and past all that ended before.
      return eb.or(lasting.map((it) => eb.and([eb('component_id', 'in', componentIds), it])))
    })
    .where('from_at', '<', until)
    .orderBy('from_at')
    .orderBy('id')
  return (await query.execute()).map(toImpact)
}

/** The impacts of each of these incidents, by incident id. */
export async function listImpactsOf(reader: Reader, incidentIds: string[]): Promise<Map<string, Impact[]>> {
  const byIncident = new Map<string, Impact[]>(incidentIds.map((id) => [id, []]))
  if (incidentIds.length === 0) return byIncident
  const rows = await reader
    .selectFrom('impact')
    .selectAll()
    .where('incident_id', 'in', incidentIds)
    .orderBy('from_at')
    .orderBy('id')
    .execute()
  for (const row of rows) byIncident.get(row.incident_id ?? '')?.push(toImpact(row))
  return byIncident
}

/** The status of every component that something affects at `now`; a component that is not in the map works. */
export async function readComponentStatuses(
  reader: Reader,
  now: Instant,
): Promise<Map<string, ComponentStatus>> {
  return statusesOf(await listImpacts(reader, { from: now, until: now + 1 }))
}

function toImpact(row: Selectable<ImpactTable>): Impact {
  return {
    componentId: row.component_id,
    incidentId: row.incident_id,
    maintenanceId: row.maintenance_id,
    level: row.level as ImpactLevel,
    from: row.from_at,
    until: row.until_at,
  }
}

/** The worst level per component among impacts that hold at one instant. */
export function statusesOf(impacts: Impact[]): Map<string, ComponentStatus> {
  const statuses = new Map<string, ComponentStatus>()
  for (const impact of impacts) {
    const known = statuses.get(impact.componentId)
    statuses.set(impact.componentId, known ? worstStatus([known, impact.level]) : impact.level)
  }
  return statuses
}
