/**
 * What the public pages, feeds and images show. The read functions beside this file make these values; `ui/` and
 * `render/` draw them and ask nothing else. Instants are milliseconds; nothing here is relative to a reader's now.
 */
import type { LocalDate, LocalMonth } from '../../lib/dates.ts'
import type { Instant } from '../../lib/instant.ts'
import type { ComponentStatus } from '../components/component-status.ts'
import type { Incident, IncidentImpact, IncidentStatus } from '../incidents/incident.ts'
import type { Maintenance, MaintenanceStatus } from '../maintenance/maintenance.ts'
import type { DefectPromises } from '../sla/promises.ts'

/** One component's day. `no_data`: before its start date. Seconds are those of the formula, in the page's zone. */
export interface DayBar {
  /** `YYYY-MM-DD` in the page's zone. */
  date: string
  status: ComponentStatus | 'no_data'
  /** The whole day: 86,400 but for the days on which clocks change. */
  totalSeconds: number
  partialSeconds: number
  majorSeconds: number
  /** 0–1, or null without data. */
  uptimeRatio: number | null
  incidents: { id: string; name: string }[]
}

/** A component and how it is, without its past. */
export interface ComponentBrief {
  id: string
  name: string
  status: ComponentStatus
}

export interface ComponentView extends ComponentBrief {
  description: string | null
  startOn: string
  /** Ninety days, oldest first; null when the component is not showcased. */
  bars: DayBar[] | null
  /** Over those ninety days: 0–1, or null without data. */
  uptimeRatio: number | null
}

/** A group with its components, or (id null) the components that stand alone. In the order of the page. */
export interface ComponentSection<Member extends ComponentBrief = ComponentView> {
  id: string | null
  name: string | null
  description: string | null
  status: ComponentStatus
  components: Member[]
}

/**
 * The components on the home page: each with its bars, or, where nobody could take in so many, all by name and state,
 * and with their bars those that do not work.
 */
export type HomeComponents =
  | { areMany: false; sections: ComponentSection[] }
  | {
      areMany: true
      sections: ComponentSection<ComponentBrief>[]
      /** The worst first, then in the order of the page; not all of them when they are many as well. */
      affected: AffectedComponent[]
    }

export interface AffectedComponent extends ComponentView {
  /** The name of its group; null when it stands alone. */
  groupName: string | null
}

/** A component that an update touched, in the words of the timeline: "Checkout: major outage → working". */
export interface StatusChange {
  componentId: string
  name: string
  oldStatus: ComponentStatus
  newStatus: ComponentStatus
}

export interface UpdateView {
  id: string
  number: number
  status: IncidentStatus | MaintenanceStatus
  /** Says again what the state was: shown as "Update". */
  repeatsStatus: boolean
  /** Markdown as typed. */
  body: string
  createdAt: Instant
  displayAt: Instant
  /** Really posted at least a minute after the time that is shown. */
  postedLater: boolean
  updatedAt: Instant
  editedAt: Instant | null
  /** Earlier texts, newest first. */
  edits: { status: string; body: string; displayAt: Instant; replacedAt: Instant }[]
  /** Every component that it names, those that stay as they were among them. */
  named: StatusChange[]
  changes: StatusChange[]
  deliverNotifications: boolean
}

export interface IncidentView {
  incident: Incident
  impact: IncidentImpact
  /** Components that it touched, with how it affects them at present. */
  components: { id: string; name: string; status: ComponentStatus }[]
  /** Newest first. */
  updates: UpdateView[]
  /** The SLA panel of each public defect linked to it; empty when commitments are not shown. */
  defects: DefectPromises[]
}

export interface MaintenanceView {
  maintenance: Maintenance
  components: { id: string; name: string }[]
  updates: UpdateView[]
}

/** The one sentence at the top, and what it rests on. */
export interface Headline {
  /** Colours the mark beside the sentence; `no_data` while the page has no components and nothing to tell. */
  status: ComponentStatus | 'no_data'
  sentence: string
  /** What of it staff have written, or nothing. */
  authored: string
  /** The incident that the sentence names, when one is open. */
  incident: IncidentView | null
  /** The open deadline that comes first, of any open defect shown. */
  nearestPromise: PromiseLine | null
}

/** One promise in a sentence, for a headline, a feed or an image. */
export interface PromiseLine {
  defectKey: string
  goal: 'response' | 'workaround' | 'fix'
  verdict: string
  /** "Workaround promised by end of Friday 13 November (24:00 IST)." */
  sentence: string
  deadlineAt: Instant | null
}

export interface PageView {
  name: string
  language: string
  timeZone: string
  homeUrl: string | null
  supportUrl: string | null
  accent: string
  /** The file of its logo: `/logo/FILE`. */
  logo: string | null
  /** That for the dark ground, where it is another one. */
  darkLogo: string | null
  /** The public origin without a trailing slash. */
  url: string
  /** Whether anything of what is promised is shown to whom this is for. */
  showsCommitments: boolean
  /** A sentence that stands beside the commitments. */
  commitmentsNote: string | null
}

export interface HomeView {
  page: PageView
  headline: Headline
  openIncidents: IncidentView[]
  components: HomeComponents
  maintenance: { running: MaintenanceView[]; upcoming: MaintenanceView[] }
  /** The last seven days, newest first; a day without anything is there too. */
  days: HomeDay[]
  /** When the record begins, for honest words about an empty past. */
  hasComponents: boolean
  hasHistory: boolean
}

/** The components that a page can be had for, in the order of the page; null where nobody could choose from so many. */
export type ComponentChoices = { id: string; name: string }[] | null

export interface HomeDay {
  date: LocalDate
  /** The latest of them. */
  incidents: IncidentView[]
  maintenances: MaintenanceView[]
  /** So many more are in the history of that day. */
  others: number
}

export interface HistoryView {
  page: PageView
  /** From 1. Each page shows three months. */
  number: number
  isLast: boolean
  choices: ComponentChoices
  /** The filter in force. */
  component: { id: string; name: string } | null
  /** Newest first. */
  months: HistoryMonth[]
}

/** What began in a month (`YYYY-MM`): all of it, or, where nobody reads on to the end, how much on each day. */
export type HistoryMonth =
  | { month: LocalMonth; isBusy: false; incidents: IncidentView[]; maintenances: MaintenanceView[] }
  | { month: LocalMonth; isBusy: true; days: DayCount[] }

/** How much began on a day. */
export interface DayCount {
  date: LocalDate
  incidents: number
  maintenances: number
}

export interface HistoryDayView {
  page: PageView
  date: LocalDate
  /** The page of the history that has its month. */
  number: number
  incidents: IncidentView[]
  maintenances: MaintenanceView[]
}

/** A month of one component, days in order; the running month ends today. */
export interface UptimeMonth {
  /** `YYYY-MM` */
  month: string
  days: DayBar[]
  /** 0–1, or null without data. */
  uptimeRatio: number | null
  partialSeconds: number
  majorSeconds: number
}

export interface ComponentPageView {
  page: PageView
  component: ComponentView
  section: { id: string; name: string } | null
  archived: boolean
  /** Twelve months, newest first. */
  months: UptimeMonth[]
  incidents: IncidentView[]
  maintenances: MaintenanceView[]
}

export interface UptimeView {
  page: PageView
  choices: ComponentChoices
  component: { id: string; name: string } | null
  number: number
  isLast: boolean
  /** Three months a page, newest first. */
  months: UptimeMonth[]
}

export interface SubscribeView {
  page: PageView
  choices: ComponentChoices
  /** The component that the ways to follow are about; null for the whole page. */
  component: { id: string; name: string } | null
  /** How it is, for the badge. */
  status: ComponentStatus | 'no_data'
}
