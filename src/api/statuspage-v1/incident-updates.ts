import { z } from 'zod'
import { editIncidentUpdate, IncidentUpdateChanges } from '../../domain/incidents/post-update.ts'
import { editMaintenanceUpdate, MaintenanceUpdateChanges } from '../../domain/maintenance/post-update.ts'
import { getUpdate } from '../../domain/updates/list-updates.ts'
import { InstantIn } from '../input.ts'
import { changesFrom } from './changes-from.ts'
import { incidentUpdateJsons } from './incident-json.ts'
import { getSubject, ONE_INCIDENT } from './incidents.ts'
import { checked, Flag } from './read-fields.ts'
import type { V1Routes } from './v1-routes.ts'

const UpdateFields = z
  .strictObject({
    body: z.string(),
    display_at: InstantIn,
    // Nobody is told of an edit, and there is no account at Twitter.
    deliver_notifications: Flag,
    wants_twitter_update: Flag,
  })
  .partial()

export function incidentUpdateRoutes(routes: V1Routes): void {
  routes.change(
    {
      path: `${ONE_INCIDENT}/incident_updates/:update`,
      scope: 'incidents:write',
      body: { wrapper: 'incident_update', fields: UpdateFields },
    },
    async (tx, { id, updateId, fields }) => {
      const { subject, incident } = await getSubject(tx.db, id)
      const before = await getUpdate(tx.db, subject, updateId)
      const { body, display_at } = fields
      const changes = changesFrom(
        { body: body?.trim(), display_at },
        { body: before.body, display_at: before.displayAt },
      )
      if (Object.keys(changes).length > 0) {
        if (incident) await editIncidentUpdate(tx, id, updateId, checked(IncidentUpdateChanges, changes))
        else await editMaintenanceUpdate(tx, id, updateId, checked(MaintenanceUpdateChanges, changes))
      }
      const [update] = incidentUpdateJsons([await getUpdate(tx.db, subject, updateId)], id)
      return update
    },
  )
}
