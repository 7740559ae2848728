import { z } from '@hono/zod-openapi'
import type { DefectId } from '../../domain/defects/defect.ts'
import { getDefect, listDefects, NewDefect, reportDefect } from '../../domain/defects/defects.ts'
import { linkDefect } from '../../domain/defects/links.ts'
import { SUBJECT_KINDS, SubjectName } from '../../domain/defects/subject.ts'
import { findIncident } from '../../domain/incidents/list-incidents.ts'
import { DefectChanges, editDefect } from '../../domain/sla/course/edit-defect.ts'
import { recordDefectEvent } from '../../domain/sla/course/record-defect-event.ts'
import { confirmDefect } from '../../domain/sla/terms/confirm-defect.ts'
import type { Reader, Tx } from '../../domain/tx.ts'
import { invalidField } from '../../errors.ts'
import { changesOf, InstantIn } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { assertAllowed, type Caller } from './admit.ts'
import { CursorId, CursorNumber } from './cursor.ts'
import { DefectJson, readDefectJsons } from './defect-json.ts'
import { NewDefectEventIn } from './new-defect-event.ts'
import type { View } from './view.ts'

const scope = 'defects:write'
const tag = 'Defects'
const answer = DefectJson

/** Which of them is said: a request that is sent twice says the same both times, and `confirm` names no time. */
const confirmation = {
  confirmed_at: InstantIn.optional(),
  confirm: z.literal(true).optional().describe('Confirms it now, whenever the request comes.'),
}
const NewDefectIn = NewDefect.extend({
  ...confirmation,
  reported_at: InstantIn.optional(),
  incident_id: z.string().nullable().default(null),
})
const DefectChangesIn = DefectChanges.extend(confirmation)
const OfQuery = z.object({ customer: SubjectName, plan: SubjectName, product: SubjectName }).partial()

export function defectRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/defects',
      scope: 'read',
      tag,
      summary: 'List the defects, the latest filed first',
      description: 'With `customer`, `plan` or `product`, only those of all that are given.',
      query: OfQuery,
      item: DefectJson,
      cursor: z.tuple([CursorNumber, CursorId]),
    },
    {
      rows: (reader, { after, take, query }) =>
        listDefects(reader, {
          limit: take,
          below: after && { createdAt: after[0], id: after[1] },
          of: SUBJECT_KINDS.flatMap((kind) => {
            const name = query[kind]
            return name === undefined ? [] : [{ kind, name }]
          }),
        }),
      cursorOf: (defect): [number, string] => [defect.createdAt, defect.id],
      json: readDefectJsons,
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/defects',
      scope,
      tag,
      summary: 'File a defect',
      description:
        'With `confirmed_at` or `confirm` it is confirmed at once, which starts its clocks. With `customer`, `plan` or `product` it has the terms of their contract, if there is one, and is never public. `follows` is the id of the fixed defect that came back; `incident_id` that of an incident to link it to, which needs the scope `incidents:write` as well.',
      body: NewDefectIn,
      answer,
    },
    async (tx, { body: { confirmed_at, confirm, incident_id, ...report }, caller, view }) => {
      // Whoever gives the confirmation alone knows of no earlier report.
      const id = await reportDefect(tx, { ...report, reported_at: report.reported_at ?? confirmed_at })
      if (incident_id !== null) await linkNew(tx, id, incident_id, caller)
      if (confirm || confirmed_at !== undefined) await confirmDefect(tx, id, confirmed_at)
      return readOne(tx.db, id, view)
    },
  )
  routes.read(
    { path: '/defects/{id}', scope: 'read', tag, summary: 'Read a defect and its promises', answer },
    (reader, { params, view }) => readOne(reader, params.id, view),
  )
  routes.write(
    {
      method: 'patch',
      path: '/defects/{id}',
      scope,
      tag,
      summary: 'Confirm a defect, correct it before that, or change its title or who may see it',
      description:
        '`confirmed_at` or `confirm` starts the clocks, once. `severity`, `customer`, `plan` and `product` can be corrected until then, or with it; afterwards the severity is changed by an event. What has been at risk or judged in public stays public; what is named one customer’s, plan’s or product’s is not public from then on.',
      body: changesOf(DefectChangesIn),
      answer,
    },
    async (tx, { params: { id }, body: { confirmed_at, confirm, ...changes }, view }) => {
      if (Object.keys(changes).length > 0) await editDefect(tx, id, changes)
      if (confirm || confirmed_at !== undefined) await confirmDefect(tx, id, confirmed_at)
      return readOne(tx.db, id, view)
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/defects/{id}/events',
      scope,
      tag,
      summary: 'Record what happened to a confirmed defect',
      description:
        'Events are never changed or taken away: what did not hold is withdrawn. What each type does and needs stands beside `type`.',
      body: NewDefectEventIn,
      answer,
    },
    async (tx, { params, body, view }) => {
      await recordDefectEvent(tx, params.id, body)
      return readOne(tx.db, params.id, view)
    },
  )
}

/** @throws DomainError `forbidden`; `invalid` for an incident that is not there */
async function linkNew(tx: Tx, id: DefectId, incidentId: string, caller: Caller): Promise<void> {
  assertAllowed(caller, 'incidents:write')
  if (!(await findIncident(tx.db, incidentId)))
    throw invalidField('/incident_id', `There is no incident ${incidentId}.`)
  await linkDefect(tx, incidentId, id)
}

async function readOne(reader: Reader, id: DefectId, view: View) {
  const [defect] = await readDefectJsons(reader, [await getDefect(reader, id)], view)
  if (!defect) throw new Error(`Defect ${id} was not read.`)
  return defect
}
