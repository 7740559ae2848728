import { z } from '@hono/zod-openapi'
import { type Defect, SEVERITIES } from '../../domain/defects/defect.ts'
import {
  DEFECT_EVENT_TYPES,
  type DefectEvent,
  listDefectEvents,
  SEVERITY_CHANGES,
} from '../../domain/defects/defect-events.ts'
import { listLinkedIncidentIds } from '../../domain/defects/links.ts'
import type { DefectPromises } from '../../domain/sla/promises.ts'
import { readPromises } from '../../domain/sla/read-promises.ts'
import type { Reader } from '../../domain/tx.ts'
import { toIso } from '../../lib/instant.ts'
import { InstantOut, isoOrNull } from '../input.ts'
import { publishedSla, StaffSlaJson, staffSlaJson } from './staff-sla-json.ts'
import type { View } from './view.ts'

const DefectEventJson = z
  .object({
    id: z.string(),
    type: z.enum(DEFECT_EVENT_TYPES),
    at: InstantOut,
    incident_update_id: z.string().nullable(),
    release_id: z.string().nullable(),
    until: z.string().nullable(),
    severity: z
      .object({ before: z.enum(SEVERITIES), after: z.enum(SEVERITIES), change: z.enum(SEVERITY_CHANGES) })
      .nullable(),
    withdraws_id: z.string().nullable().openapi({ description: 'The event that did not hold.' }),
    calendar_version: z
      .int()
      .nullable()
      .openapi({ description: 'The version of its calendar by which open goals count from then on.' }),
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
    customer: z.string().nullable(),
    plan: z.string().nullable(),
    product: z.string().nullable(),
    follows_id: z
      .string()
      .nullable()
      .openapi({ description: 'The fixed defect that this one is the return of.' }),
    reported_at: InstantOut,
    confirmed_at: InstantOut.nullable(),
    created_at: InstantOut,
    updated_at: InstantOut,
    incident_ids: z.array(z.string()),
    events: z.array(DefectEventJson),
    sla: StaffSlaJson,
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
  .extend(publishedSla)
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
    customer: defect.customer,
    plan: defect.plan,
    product: defect.product,
    follows_id: defect.followsId,
    reported_at: toIso(defect.reportedAt),
    confirmed_at: isoOrNull(defect.confirmedAt),
    created_at: toIso(defect.createdAt),
    updated_at: toIso(defect.updatedAt),
    sla: staffSlaJson(promises, url),
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
    severity: event.severity,
    withdraws_id: event.withdrawsId,
    calendar_version: event.calendarVersion,
    note: event.note,
    created_at: toIso(event.createdAt),
  }
}
