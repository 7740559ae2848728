/** What the public JSON at `/api/v2` tells; the read functions make these values and `render/` writes them down. */
import type { Instant } from '../../lib/instant.ts'
import type { Component } from '../components/component.ts'
import type { ComponentStatus } from '../components/component-status.ts'
import type { DefectPromises } from '../sla/promises.ts'
import type { SlaRecord } from '../sla/record/record.ts'
import type { IncidentView, MeasuredFigures } from './views.ts'

/** The page as every document names it first. */
export interface DocumentPage {
  id: string
  name: string
  timeZone: string
  /** The public origin without a trailing slash. */
  url: string
  /** The latest change of anything on the page that everybody sees. */
  updatedAt: Instant
}

/** A component with its state as of now, whatever caused it. */
export interface ComponentState {
  component: Component
  status: ComponentStatus
}

export interface IncidentDetail {
  view: IncidentView
  /** The components of the page that it touched, in the order of the page; one that was taken off has no state now. */
  components: ComponentState[]
}

export interface IncidentsDocument {
  page: DocumentPage
  incidents: IncidentDetail[]
}

export interface IncidentDocument {
  page: DocumentPage
  incident: IncidentDetail
}

export interface RecordDocument {
  page: DocumentPage
  /** The sentence that stands beside the commitments. */
  note: string | null
  record: SlaRecord
  measured: MeasuredFigures
}

export interface CommitmentsDocument {
  page: DocumentPage
  note: string | null
  /** Defects with a goal that is still to be done, the soonest deadline first, those without one last. */
  defects: DefectPromises[]
}
