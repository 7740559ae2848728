/** What the page of one defect shows; `read-defect-page.ts` makes it and `ui/` draws it. */
import type { Instant } from '../../lib/instant.ts'
import type { Defect } from '../defects/defect.ts'
import type { Completion } from '../defects/defect-events.ts'
import type { Incident } from '../incidents/incident.ts'
import type { DefectChange, DefectPromises } from '../sla/promises.ts'
import type { PageView } from './views.ts'

export interface DefectPageView {
  page: PageView
  promises: DefectPromises
  /** Linked to it, the first one linked first. */
  incidents: Pick<Incident, 'id' | 'name' | 'status'>[]
  /** The fixed defect that this one is the return of, if it is shown. */
  follows: DefectName | null
  /** Those that are the return of this one, as far as they are shown. */
  followers: DefectName[]
  /** Everything that happened, newest first. */
  story: StoryEntry[]
}

export type DefectName = Pick<Defect, 'id' | 'key' | 'title'>

/** What an entry of a defect's story is about; a change of its promises keeps its own kind. */
export type StoryKind =
  | 'reported'
  | 'confirmed'
  | 'incident_opened'
  | 'incident_resolved'
  | Completion
  | DefectChange['kind']
  | 'missed'
  | 'released'
  | 'verdict_recorded'

export interface StoryEntry {
  at: Instant
  kind: StoryKind
  /** One or two plain sentences without the time. */
  words: string
  /** What of the words staff have written; nothing where they are all ours. */
  authored?: string
  /** What staff wrote about it beyond that, as plain text. */
  note: string | null
  /** Where it can be read. */
  link: { path: string; words: string } | null
  /** When it was written down, if that was at least a minute later. */
  recordedAt: Instant | null
}
