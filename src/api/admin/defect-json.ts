import { z } from '@hono/zod-openapi'
import { type Defect, SEVERITIES } from '../../domain/defects/defect.ts'
import { DEFECT_EVENT_TYPES, type DefectEvent, listDefectEvents } from '../../domain/defects/defect-events.ts'
import { listLinkedIncidentIds } from '../../domain/defects/links.ts'
import { VERDICTS } from '../../domain/sla/goal-state.ts'
import type { DefectPromises } from '../../domain/sla/promises.ts'
import { readPromises } from '../../domain/sla/read-promises.ts'
import { GOALS } from '../../domain/sla/terms.ts'
import type { Reader } from '../../domain/tx.ts'
import { toIso } from '../../lib/instant.ts'
import { slaJson } from '../../render/sla-json.ts'
import { InstantOut, isoOrNull } from '../input.ts'
import type { View } from './view.ts'

const GoalJson = z
  .object({
    goal: z.enum(GOALS),
    promise: z.string().openapi({ example: 'within 4 hours' }),
    window: z
      .record(z.string(), z.union([z.number(), z.string()]))
      .nullable()
      .openapi({ example: { hours: 4 } }),
    clock_starts_at: InstantOut.nullable(),
    deadline_at: InstantOut.nullable(),
    at_risk_at: InstantOut.nullable(),
    planned_at: InstantOut.nullable(),
    verdict: z.enum(VERDICTS),
    completed_at: InstantOut.nullable(),
    evidence: z.object({ incident_id: z.string(), update_id: z.string(), url: z.string() }).nullable(),
    used_business_seconds: z.int(),
    late_business_seconds: z.int(),
    excluded: z.array(z.object({ from: InstantOut, to: InstantOut, why: z.string() })),
  })
  .openapi('Goal')

const SlaJson = z
  .object({
    policy: z.object({ id: z.string(), version: z.int(), name: z.string() }).nullable(),
    calendar: z
      .object({ id: z.string(), version: z.int(), time_zone: z.string(), weekdays: z.array(z.int()) })
      .nullable(),
    goals: z.array(GoalJson),
  })
  .openapi('Sla', { description: 'Deadlines and verdicts are computed; no request can write them.' })

const DefectEventJson = z
  .object({
    id: z.string(),
    type: z.enum(DEFECT_EVENT_TYPES),
    at: InstantOut,
    incident_update_id: z.string().nullable(),
    release_id: z.string().nullable(),
    until: z.string().nullable(),
    note: z.string().nullable(),
    created_at: InstantOut,
  })
  .openapi('DefectEvent')

export const DefectJson = z
  .object({
    id: z.string(),
    key: z.string(),
    title: z.string(),
    severity: z.enum(SEVERITIES),
    status: z.enum(['reported', 'confirmed', 'worked_around', 'fixed', 'deferred']),
    public: z.boolean(),
    reported_at: InstantOut,
    confirmed_at: InstantOut.nullable(),
    created_at: InstantOut,
    updated_at: InstantOut,
    incident_ids: z.array(z.string()),
    events: z.array(DefectEventJson),
    sla: SlaJson,
  })
  .openapi('Defect')

/** A defect as the public documents tell it: what was promised and how it stands, without the events. */
export const DefectSlaJson = DefectJson.pick({
  id: true,
  key: true,
  title: true,
  severity: true,
  status: true,
  confirmed_at: true,
  reported_at: true,
})
  .extend(SlaJson.shape)
  .openapi('DefectSla')

/** The same defect for an incident's `sla`; the answer is reduced to the fields of the schema. */
export function defectSla({ sla, ...defect }: z.input<typeof DefectJson>): z.input<typeof DefectSlaJson> {
  return { ...defect, ...sla }
}

/** Defects with their events and promises, in the order given. */
export async function readDefectJsons(
  reader: Reader,
  defects: Defect[],
  { now, url }: View,
): Promise<z.input<typeof DefectJson>[]> {
  const ids = defects.map(({ id }) => id)
  const promises = await readPromises(reader, defects, now)
  const events = await listDefectEvents(reader, ids)
  const incidentIds = await listLinkedIncidentIds(reader, ids)
  return defects.flatMap((defect) => {
    const promised = promises.get(defect.id)
    if (!promised) return []
    return {
      ...defectJson(promised, url),
      incident_ids: incidentIds.get(defect.id) ?? [],
      events: (events.get(defect.id) ?? []).map(eventJson),
    }
  })
}

function defectJson(promises: DefectPromises, url: string) {
  const { defect, status } = promises
  return {
    id: defect.id,
    key: defect.key,
    title: defect.title,
    severity: defect.severity,
    status,
    public: defect.public,
    reported_at: toIso(defect.reportedAt),
    confirmed_at: isoOrNull(defect.confirmedAt),
    created_at: toIso(defect.createdAt),
    updated_at: toIso(defect.updatedAt),
    sla: slaJson(promises, url),
  }
}

function eventJson(event: DefectEvent): z.input<typeof DefectEventJson> {
  return {
    id: event.id,
    type: event.type,
    at: toIso(event.at),
    incident_update_id: event.incidentUpdateId,
    release_id: event.releaseId,
    until: event.untilOn,
    note: event.note,
    created_at: toIso(event.createdAt),
  }
}
