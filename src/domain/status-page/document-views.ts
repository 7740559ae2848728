/** What the public JSON at `/api/v2` tells; the read functions make these values and `render/` writes them down. */
import type { LocalMonth } from '../../lib/dates.ts'
import type { Instant } from '../../lib/instant.ts'
import type { Component, ComponentId } from '../components/component.ts'
import type { ComponentGroup } from '../components/component-groups.ts'
import type { ComponentStatus } from '../components/component-status.ts'
import type { DefectPromises } from '../sla/promises.ts'
import type { SlaRecord } from '../sla/record/record.ts'
import type { BegunViews } from './begun.ts'
import type { ComponentState } from './component-states.ts'
import type { RollUp } from './roll-up.ts'
import type { MeasuredFigures } from './sla-views.ts'
import type { Headline, IncidentView, MaintenanceView, UptimeMonth } from './views.ts'

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

/** A line of the list of components: one of them, or a group with the worst state of its members. */
export type ComponentLine =
  | { kind: 'component'; state: ComponentState }
  | { kind: 'group'; group: ComponentGroup; status: ComponentStatus; memberIds: ComponentId[] }

export interface ComponentsDocument {
  page: DocumentPage
  /** In the order of the page, each group before its members. */
  components: ComponentLine[]
}

export interface ComponentDocument {
  page: DocumentPage
  component: ComponentLine
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

export interface MaintenanceDetail {
  view: MaintenanceView
  /** The components of the page that it works on, in the order of the page, with their state as of now. */
  components: ComponentState[]
}

export interface MaintenancesDocument {
  page: DocumentPage
  maintenances: MaintenanceDetail[]
}

export interface MaintenanceDocument {
  page: DocumentPage
  maintenance: MaintenanceDetail
}

export interface StatusDocument {
  page: DocumentPage
  status: RollUp
}

/** The state of the whole page as people are told it: open incidents count, whatever they touch. */
export interface HeadlineDocument {
  page: DocumentPage
  headline: Headline
}

/** Everything that says how the page is now. */
export interface SummaryDocument extends ComponentsDocument, MaintenancesDocument, StatusDocument {
  /** Those that nobody has resolved yet, the latest to start first. */
  incidents: IncidentDetail[]
}

/** Some months of the past with what began in each, the newest first: none beyond the first month. */
export interface HistoryDocument {
  page: DocumentPage
  /** From 1. */
  number: number
  isLast: boolean
  months: ({ month: LocalMonth } & BegunViews)[]
}

/** Some months of one component, the newest first. */
export interface UptimeDocument {
  page: DocumentPage
  component: Component
  months: UptimeMonth[]
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
