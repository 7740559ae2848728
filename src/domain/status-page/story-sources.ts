import { type Instant, MINUTE_MS } from '../../lib/instant.ts'
import type { DefectEvent } from '../defects/defect-events.ts'
import type { ProductRelease } from '../defects/releases.ts'
import type { Incident } from '../incidents/incident.ts'
import type { DefectPromises } from '../sla/promises.ts'
import type { VerdictRecord } from '../sla/record/verdicts.ts'
import type { StatusUpdate } from '../updates/status-update.ts'

/** What a defect's story is told from: all that happened to it by now. */
export interface StorySources {
  promises: DefectPromises
  /** Linked to it. */
  incidents: readonly Incident[]
  /** Oldest first, those that were withdrawn among them. */
  events: readonly DefectEvent[]
  /** Of the linked incidents. */
  updates: readonly StatusUpdate[]
  releases: readonly ProductRelease[]
  /** Oldest first. */
  verdicts: readonly VerdictRecord[]
  now: Instant
}

/** When something was written down, if that was at least a minute after it happened. */
export function writtenLater(at: Instant, recordedAt: Instant | undefined): Instant | null {
  return recordedAt !== undefined && recordedAt - at >= MINUTE_MS ? recordedAt : null
}
