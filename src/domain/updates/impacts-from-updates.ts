import type { Instant } from '../../lib/instant.ts'
import type { ComponentStatus, ImpactLevel } from '../components/component-status.ts'
import type { ImpactSpan } from '../components/impacts.ts'

interface SaidAt {
  displayAt: Instant
  components: { componentId: string; newStatus: ComponentStatus }[]
  /** Whether it ends the incident or the maintenance: then nothing is affected by it any longer. */
  ends: boolean
}

/**
 * What a series of updates did to components: each component keeps the level it was last given, until another update
 * says otherwise or one of them ends the matter. Updates are taken oldest first by display time.
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
  for (const update of updates) {
    for (const { componentId, newStatus } of update.components) {
      if (open.get(componentId)?.level === newStatus) continue
      close(componentId, update.displayAt)
      if (newStatus !== 'operational') open.set(componentId, { level: newStatus, from: update.displayAt })
    }
    if (update.ends) for (const componentId of [...open.keys()]) close(componentId, update.displayAt)
  }
  for (const [componentId, span] of open) spans.push({ componentId, ...span, until: null })
  return spans
}
