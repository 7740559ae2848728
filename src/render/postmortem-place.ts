import type { UpdateView } from '../domain/status-page/views.ts'
import type { Instant } from '../lib/instant.ts'

/** Where a postmortem stands among updates that come newest first: in front of those that are no newer. */
export function postmortemPlace(updates: Pick<UpdateView, 'displayAt'>[], publishedAt: Instant): number {
  const older = updates.findIndex(({ displayAt }) => displayAt <= publishedAt)
  return older === -1 ? updates.length : older
}
