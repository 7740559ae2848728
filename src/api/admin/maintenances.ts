import { z } from '@hono/zod-openapi'
import { getMaintenance, listMaintenances } from '../../domain/maintenance/list-maintenances.ts'
import type { MaintenanceId } from '../../domain/maintenance/maintenance.ts'
import {
  Cancellation,
  cancelMaintenance,
  editMaintenanceUpdate,
  MaintenanceUpdateChanges,
  NewMaintenanceUpdate,
  postMaintenanceUpdate,
} from '../../domain/maintenance/post-update.ts'
import {
  editMaintenance,
  MaintenanceChanges,
  NewMaintenance,
  scheduleMaintenance,
} from '../../domain/maintenance/schedule-maintenance.ts'
import type { Reader } from '../../domain/tx.ts'
import { changesOf, InstantIn } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { CursorId, CursorNumber } from './cursor.ts'
import { MaintenanceJson, readMaintenanceJsons } from './maintenance-json.ts'
import type { View } from './view.ts'

const scope = 'incidents:write'
const tag = 'Maintenances'
const answer = MaintenanceJson
const displayAt = { display_at: InstantIn.optional() }
const planned = { scheduled_for: InstantIn, scheduled_until: InstantIn }

export function maintenanceRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/maintenances',
      scope: 'read',
      tag,
      summary: 'List the maintenances, the latest planned first',
      item: MaintenanceJson,
      cursor: z.tuple([CursorNumber, CursorId]),
    },
    {
      rows: (reader, { after, take }) =>
        listMaintenances(reader, { limit: take, below: after && { scheduledFor: after[0], id: after[1] } }),
      cursorOf: (maintenance): [number, string] => [maintenance.scheduledFor, maintenance.id],
      json: readMaintenanceJsons,
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/maintenances',
      scope,
      tag,
      summary: 'Announce a maintenance',
      description: '`components` says how each is while it runs; until then nothing changes for them.',
      body: NewMaintenance.extend(planned),
      answer,
    },
    async (tx, { body, view }) => readOne(tx.db, await scheduleMaintenance(tx, body), view),
  )
  routes.read(
    { path: '/maintenances/{id}', scope: 'read', tag, summary: 'Read a maintenance', answer },
    (reader, { params, view }) => readOne(reader, params.id, view),
  )
  routes.write(
    {
      method: 'patch',
      path: '/maintenances/{id}',
      scope,
      tag,
      summary: 'Change the name, the window, the components or the automatic steps of a maintenance',
      description: '`components` replaces all that was planned for them; once it has begun that is settled.',
      body: changesOf(MaintenanceChanges.extend(z.object(planned).partial().shape)),
      answer,
    },
    async (tx, { params, body, view }) => {
      await editMaintenance(tx, params.id, body)
      return readOne(tx.db, params.id, view)
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/maintenances/{id}/updates',
      scope,
      tag,
      summary: 'Post an update',
      description:
        '`in_progress` puts the planned status on the components, `completed` lifts it. `scheduled_until` moves the planned end with it.',
      body: NewMaintenanceUpdate.extend({ ...displayAt, scheduled_until: InstantIn.optional() }),
      answer,
    },
    async (tx, { params, body, view }) => {
      await postMaintenanceUpdate(tx, params.id, body)
      return readOne(tx.db, params.id, view)
    },
  )
  routes.write(
    {
      method: 'patch',
      path: '/maintenances/{id}/updates/{update}',
      scope,
      tag,
      summary: 'Edit an update that is out',
      description:
        'The earlier text stays readable. Subscribers are told with `deliver_notifications` alone.',
      body: changesOf(MaintenanceUpdateChanges.extend(displayAt)),
      answer,
    },
    async (tx, { params, body, view }) => {
      await editMaintenanceUpdate(tx, params.id, params.update, body)
      return readOne(tx.db, params.id, view)
    },
  )
  routes.write(
    {
      method: 'put',
      path: '/maintenances/{id}/cancellation',
      scope,
      tag,
      summary: 'Call a maintenance off',
      body: Cancellation,
      answer,
    },
    async (tx, { params, body, view }) => {
      await cancelMaintenance(tx, params.id, body)
      return readOne(tx.db, params.id, view)
    },
  )
}

async function readOne(reader: Reader, id: MaintenanceId, view: View) {
  const [maintenance] = await readMaintenanceJsons(reader, [await getMaintenance(reader, id)], view)
  if (!maintenance) throw new Error(`Maintenance ${id} was not read.`)
  return maintenance
}
