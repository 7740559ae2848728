import type { DefectEvent } from '../../defects/defect-events.ts'
import type { ProductRelease, ReleasePlan } from '../../defects/releases.ts'
import type { DeadlineRecord } from '../record/deadlines.ts'
import type { LinkedUpdate } from './evidence.ts'

/** Everything that happened to a defect by now. */
export interface Happened {
  events: DefectEvent[]
  /** Of the incidents that it is linked to. */
  updates: LinkedUpdate[]
  releases: ProductRelease[]
  plans: ReleasePlan[]
  deadlines: DeadlineRecord[]
}
