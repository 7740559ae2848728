import { z } from '@hono/zod-openapi'
import { COMPONENT_STATUSES } from '../../domain/components/component-status.ts'
import type { StatusUpdate } from '../../domain/updates/status-update.ts'
import { toIso } from '../../lib/instant.ts'
import { InstantOut, isoOrNull } from '../input.ts'

/** Of an incident or a maintenance: what `Based-On` takes. */
export const Version = z.int().openapi({ description: 'Moves with every change of it; see `Based-On`.' })

/** An update of an incident or a maintenance, in the field names that the public documents have. */
export const UpdateJson = z
  .object({
    id: z.string(),
    status: z.string(),
    body: z.string().openapi({ description: 'Markdown as typed.' }),
    created_at: InstantOut.openapi({
      description: 'When it was really posted: what promises are judged by.',
    }),
    display_at: InstantOut.openapi({ description: 'When it is shown to have happened.' }),
    updated_at: InstantOut,
    edited_at: InstantOut.nullable(),
    deliver_notifications: z.boolean(),
    affected_components: z
      .array(
        z.object({
          code: z.string(),
          name: z.string(),
          old_status: z.enum(COMPONENT_STATUSES),
          new_status: z.enum(COMPONENT_STATUSES),
        }),
      )
      .nullable(),
  })
  .openapi('Update')

/** Updates come oldest first by display time; readers get them newest first. */
export function updateJsons(updates: StatusUpdate[]): z.input<typeof UpdateJson>[] {
  return updates.map(updateJson).reverse()
}

function updateJson(update: StatusUpdate): z.input<typeof UpdateJson> {
  const affected = update.components.map((component) => ({
    code: component.componentId,
    name: component.name,
    old_status: component.oldStatus,
    new_status: component.newStatus,
  }))
  return {
    id: update.id,
    status: update.status,
    body: update.body,
    created_at: toIso(update.createdAt),
    display_at: toIso(update.displayAt),
    updated_at: toIso(update.updatedAt),
    edited_at: isoOrNull(update.editedAt),
    deliver_notifications: update.deliverNotifications,
    affected_components: affected.length > 0 ? affected : null,
  }
}
