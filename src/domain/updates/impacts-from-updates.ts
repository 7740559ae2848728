import type { Instant } from '../../lib/instant.ts'
import type { ComponentStatus, ImpactLevel } from '../components/component-status.ts'
import type { ImpactSpan } from '../components/impacts.ts'
import type { Actor } from '../tx.ts'

interface SaidAt {
  createdAt: Instant
  displayAt: Instant
  authorKind: Actor['kind']
  components: { componentId: string; newStatus: ComponentStatus }[]
  /** Whether it ends the incident or the maintenance: then nothing is affected by it any longer. */
  ends: boolean
}

/**
 * What a series of updates did to components: each component keeps the level it was last given, until another update
 * says otherwise or one of them ends the matter. Updates come oldest first by display time.
 * One function for posting, editing, back-dating and importing, so that history and the present cannot differ.
 */
export function impactsFromUpdates(updates: SaidAt[]): ImpactSpan[] {
  const spans: ImpactSpan[] = []
  const open = new Map<string, { level: ImpactLevel; from: Instant }>()
  const close = (componentId: string, until: Instant) => {
    const span = open.get(componentId)
    open.delete(componentId)
    // Two updates shown at the same instant leave nothing between them.
    if (span && span.from < until) spans.push({ componentId, ...span, until })
  }
  // Sorting is stable: of two at one instant, the one shown first stays first.
  for (const update of [...updates].sort((a, b) => tookEffectAt(a) - tookEffectAt(b))) {
    const at = tookEffectAt(update)
    for (const { componentId, newStatus } of update.components) {
      if (open.get(componentId)?.level === newStatus) continue
      close(componentId, at)
      if (newStatus !== 'operational') open.set(componentId, { level: newStatus, from: at })
    }
    if (update.ends) for (const componentId of [...open.keys()]) close(componentId, at)
  }
  // Posted after the end but shown before it: the matter is over, so it left nothing that lasts.
  if (updates.at(-1)?.ends) return spans
  for (const [componentId, span] of open) spans.push({ componentId, ...span, until: null })
  return spans
}

/**
 * Here, what is shown is what counts: staff who back-date an update correct the impact with it. Pages that are
 * imported count from the posting: recomputed against one page's own published months, 58 of 77 agree within a
 * minute by posting time and 48 by display time.
 */
function tookEffectAt(update: SaidAt): Instant {
  return update.authorKind === 'import' ? update.createdAt : update.displayAt
}
