import type { ImportedUpdate } from '../domain/updates/import-updates.ts'
import type { UpdateComponent } from '../domain/updates/status-update.ts'
import type { Instant } from '../lib/instant.ts'

/** An update that was posted, shown and last changed at one time, or stands for what its source says in another way. */
export function plainUpdate(update: {
  id: string
  status: string
  body: string
  at: Instant
  components?: UpdateComponent[]
}): ImportedUpdate {
  const { id, status, body, at, components = [] } = update
  const times = { createdAt: at, displayAt: at, updatedAt: at }
  return { id, status, body, ...times, deliverNotifications: false, components }
}
