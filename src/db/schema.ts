/**
 * The data dictionary: every table and column, the same on SQLite and PostgreSQL.
 *
 * Instants are integer milliseconds in columns `…_at`; local dates are `YYYY-MM-DD` in columns `…_on`;
 * booleans are 0 or 1; JSON is text, decoded in the domain; ids are texts that never change.
 *
 * Longer than 300 lines because it is one dictionary: a column is looked up in one place.
 */
import type { Instant } from '../lib/instant.ts'

/** 0 is false, 1 is true, on both engines. */
export type Flag = 0 | 1
/** JSON in a text column; the domain module that owns the table decodes it. */
export type Json = string

export interface Schema {
  page: PageTable
  logo: LogoTable
  event: EventTable
  installation: InstallationTable
  staff: StaffTable
  staff_session: StaffSessionTable
  staff_authenticator: StaffAuthenticatorTable
  staff_recovery_code: StaffRecoveryCodeTable
  wrong_try_count: WrongTryCountTable
  invitation: InvitationTable
  token: TokenTable
  idempotency_key: IdempotencyKeyTable
  draft: DraftTable
  component_group: ComponentGroupTable
  component: ComponentTable
  impact: ImpactTable
  incident: IncidentTable
  postmortem_draft: PostmortemDraftTable
  incident_template: IncidentTemplateTable
  maintenance: MaintenanceTable
  maintenance_component: MaintenanceComponentTable
  status_update: StatusUpdateTable
  status_update_component: StatusUpdateComponentTable
  status_update_edit: StatusUpdateEditTable
  defect: DefectTable
  incident_defect: IncidentDefectTable
  defect_event: DefectEventTable
  release: ReleaseTable
  release_plan: ReleasePlanTable
  sla_calendar: SlaCalendarTable
  sla_policy: SlaPolicyTable
  sla_contract: SlaContractTable
  sla_contract_link: SlaContractLinkTable
  sla_promise: SlaPromiseTable
  sla_deadline: SlaDeadlineTable
  sla_announcement: SlaAnnouncementTable
  sla_verdict: SlaVerdictTable
  support_hours: SupportHoursTable
}

/** The page itself: exactly one row. */
export interface PageTable {
  id: string
  name: string
  /** In which staff write what stands on the page: a BCP 47 tag. */
  language: string
  /** IANA zone: days, months and written times of the public page. */
  time_zone: string
  /** The company's own site, or null. */
  home_url: string | null
  /** Where a reader asks for help: an https or mailto address, or null. */
  support_url: string | null
  /** One accent colour, `#rrggbb`. */
  accent: string
  /** Who sees what is promised: `public`, `internal` (staff and customers under contract), or `off` (nobody). */
  commitments: string
  /** A sentence that stands beside the commitments, or null. */
  commitments_note: string | null
  /** The file of the logo, and of the one for the dark ground where there is one: `/logo/FILE`. Null without. */
  logo: string | null
  dark_logo: string | null
  /** The newest event that readers may see something of: when it moves, something has changed for them. */
  version: number
  created_at: Instant
  updated_at: Instant
}

/** A logo of the page: at most one for each ground. */
export interface LogoTable {
  /** `light` or `dark`. */
  ground: string
  /** Named by what it holds: `0123456789abcdef.svg`, or `.png`. */
  file: string
  /** In base64: one type on both engines. */
  content: string
  set_at: Instant
}

/** One change worth telling: the audit log, the outbox and the activity feed are made of these rows. */
export interface EventTable {
  /** Gapless, in commit order. */
  id: number
  /** For instance `incident.updated`: a subject and what happened to it. */
  type: string
  subject_id: string
  actor_kind: string
  actor_id: string | null
  actor_name: string
  at: Instant
  before: Json | null
  after: Json | null
}

/** What belongs to this installation and to no page: exactly one row. */
export interface InstallationTable {
  id: number
  /** 256 random bits, base64url: seals what has to be read again where `AVOW_SECRET` is not set. */
  secret: string
}

/** A person who may sign in. Rows stay when people leave, so that the audit log can be read. */
export interface StaffTable {
  id: string
  name: string
  /** In lower case. */
  email: string
  role: string
  /** Argon2id in PHC form, or null for somebody who signs in elsewhere only. */
  password_hash: string | null
  created_at: Instant
  deactivated_at: Instant | null
}

/** A browser in which somebody has signed in. */
export interface StaffSessionTable {
  id: string
  staff_id: string
  /** SHA-256 of the secret in the cookie, hexadecimal. */
  hash: string
  /** What the browser called itself when it signed in, or null. */
  user_agent: string | null
  created_at: Instant
  last_used_at: Instant
  /** However much it is used. */
  expires_at: Instant
  /** A fact, also for one that has expired: no clock that goes back undoes it. */
  ended_at: Instant | null
}

/** The app that shows a member of staff the codes of the second step. */
export interface StaffAuthenticatorTable {
  staff_id: string
  /** The shared secret, sealed with that of the installation. */
  sealed_secret: string
  /** The 30-second step of the last code that was taken: each code works once, and none before it. */
  last_step: number
  created_at: Instant
}

export interface StaffRecoveryCodeTable {
  staff_id: string
  /** SHA-256 of the code, hexadecimal. */
  hash: string
  used_at: Instant | null
}

/** Wrong tries to sign in at one account, or from one address. */
export interface WrongTryCountTable {
  /** HMAC-SHA-256 of which account or address it is, base64url. */
  key: string
  tries: number
  /** When they count no more. */
  ends_at: Instant
}

/** A link by which somebody joins, or sets a new password, once. */
export interface InvitationTable {
  id: string
  /** The member of staff who sets a new password, or null where somebody joins. */
  staff_id: string | null
  /** In lower case; null for the link of the first set-up, whose bearer names an address. */
  email: string | null
  role: string
  /** SHA-256 of the secret in the link, hexadecimal. */
  hash: string
  created_at: Instant
  expires_at: Instant
  accepted_at: Instant | null
  revoked_at: Instant | null
}

export interface TokenTable {
  id: string
  name: string
  /** The member of staff who made it and with whose rights it ends, or null. */
  staff_id: string | null
  /** SHA-256 of the secret, hexadecimal; the secret itself is shown once and not stored. */
  hash: string
  scopes: Json
  created_at: Instant
  expires_at: Instant | null
  last_used_at: Instant | null
  revoked_at: Instant | null
}

/** What was answered to a POST, so that a repeated one gets the same answer and has no second effect. */
export interface IdempotencyKeyTable {
  /** The token or the member of staff that has sent it. */
  owner_id: string
  key: string
  /** SHA-256 of method, path and body. */
  request_hash: string
  status: number
  body: Json
  created_at: Instant
}

/** What a member of staff has begun to write and not sent, one for each form of a page. */
export interface DraftTable {
  staff_id: string
  /** The address of the page, `#`, and the name of the form there. */
  place: string
  /** The fields as a query string. */
  fields: string
  /** The key by which the form is sent: once there is an answer to it, this is a draft no more. */
  once_key: string | null
  kept_at: Instant
}

export interface ComponentGroupTable {
  id: string
  name: string
  description: string | null
  position: number
  created_at: Instant
  updated_at: Instant
}

export interface ComponentTable {
  id: string
  group_id: string | null
  name: string
  description: string | null
  position: number
  /** The first day that counts for uptime, in the page's zone, or null for the day of `created_at`. */
  start_on: string | null
  /** Whether its bars and uptime are shown. */
  showcase: Flag
  only_show_if_degraded: Flag
  created_at: Instant
  updated_at: Instant
  /** Taken off the page; its past stays. */
  archived_at: Instant | null
}

/** How badly one cause affects one component, in `[from_at, until_at)`. Exactly one cause is set. */
export interface ImpactTable {
  id: string
  component_id: string
  incident_id: string | null
  maintenance_id: string | null
  /** A component status other than `operational`. */
  level: string
  from_at: Instant
  /** Null while it lasts. */
  until_at: Instant | null
}

export interface IncidentTable {
  id: string
  name: string
  /** That of its newest update by display time. */
  status: string
  /** Set by a person; otherwise the impact follows from the components touched. */
  impact_override: string | null
  /** The earliest display time of its updates. */
  started_at: Instant
  resolved_at: Instant | null
  /** Told after the fact: nobody was notified, and its promises are never announced. */
  backfilled: Flag
  metadata: Json
  postmortem_body: string | null
  postmortem_published_at: Instant | null
  created_at: Instant
  updated_at: Instant
}

/** What staff have written of a postmortem and not published; nobody else ever reads it. */
export interface PostmortemDraftTable {
  incident_id: string
  body: string
  saved_at: Instant
}

/** What an incident begins with, written beforehand; `name` and `body` may have variables in double braces. */
export interface IncidentTemplateTable {
  id: string
  /** What staff know it by. */
  title: string
  name: string
  status: string
  body: string
  /** Component id → status. */
  components: Json
  deliver_notifications: Flag
  created_at: Instant
  updated_at: Instant
}

export interface MaintenanceTable {
  id: string
  name: string
  status: string
  scheduled_for: Instant
  scheduled_until: Instant
  auto_in_progress: Flag
  auto_completed: Flag
  /** When the reminder that goes out 60 minutes before was posted. */
  reminded_at: Instant | null
  started_at: Instant | null
  completed_at: Instant | null
  cancelled_at: Instant | null
  /** iCalendar SEQUENCE: one more with each change that a calendar shows. */
  sequence: number
  metadata: Json
  created_at: Instant
  updated_at: Instant
}

/** What a maintenance does to a component while it runs. */
export interface MaintenanceComponentTable {
  maintenance_id: string
  component_id: string
  level: string
}

/** A public update of an incident or of a maintenance; exactly one of the two is set. */
export interface StatusUpdateTable {
  id: string
  incident_id: string | null
  maintenance_id: string | null
  /** 1 for the first one posted; breaks ties between equal times. */
  number: number
  status: string
  /** Markdown as typed. */
  body: string
  /** When it was really posted: what promises are judged by. */
  created_at: Instant
  /** When it is shown to have happened: what the timeline is sorted by. */
  display_at: Instant
  updated_at: Instant
  /** The latest edit of text, state or display time, or null. */
  edited_at: Instant | null
  deliver_notifications: Flag
  /** `job` for texts that Avow posted by itself; such an update is nobody's response. */
  author_kind: string
}

/** What an update said about one component. */
export interface StatusUpdateComponentTable {
  update_id: string
  component_id: string
  position: number
  /** The component's name at that time. */
  name: string
  old_status: string
  new_status: string
}

/** An earlier text of an update that was edited. */
export interface StatusUpdateEditTable {
  id: string
  update_id: string
  status: string
  body: string
  display_at: Instant
  /** When this text was replaced. */
  replaced_at: Instant
  actor_name: string
}

export interface DefectTable {
  id: string
  /** The key in the tracker, for instance `CHK-412`; unique. */
  key: string
  title: string
  /** The present one; what it was before stands in its events. */
  severity: string
  public: Flag
  reported_at: Instant
  /** When a specialist filed it: the start of its clocks. */
  confirmed_at: Instant | null
  /** Whom it concerns, as contracts name them; what has any of these is never shown to everybody. */
  customer: string | null
  plan: string | null
  product: string | null
  /** The fixed defect that came back after the time in which its fix could be withdrawn. */
  follows_id: string | null
  created_at: Instant
  updated_at: Instant
}

export interface IncidentDefectTable {
  incident_id: string
  defect_id: string
  linked_at: Instant
}

/** Something that happened to a defect; append-only. */
export interface DefectEventTable {
  id: string
  defect_id: string
  /** Counts those of a defect, so that two of one instant have an order. */
  number: number
  type: string
  at: Instant
  incident_update_id: string | null
  release_id: string | null
  /** For `deferred`: the day it is deferred to, as told to the customer. */
  until_on: string | null
  /** For `severity_changed`: what it was, what it is, and why (`worsened`, `misclassified`, `lowered`). */
  severity_before: string | null
  severity: string | null
  severity_change: string | null
  /** For `withdrawn`: the event that did not hold. */
  withdraws_id: string | null
  /** For `replanned`: the version of its calendar by which open goals count from then on. */
  calendar_version: number | null
  /** Shown in public, where the defect is. */
  note: string | null
  created_at: Instant
  actor_name: string
}

export interface ReleaseTable {
  id: string
  name: string
  kind: string
  planned_at: Instant | null
  /** A defect confirmed after it waits for the release after this one. */
  cut_off_at: Instant | null
  published_at: Instant | null
  created_at: Instant
  updated_at: Instant
}

/** What was planned for a release, each time that it was planned; append-only, the newest is in force. */
export interface ReleasePlanTable {
  release_id: string
  /** 1 for the first one. */
  number: number
  planned_at: Instant | null
  cut_off_at: Instant | null
  /** Why a plan that was known changed; null for a first one. */
  reason: string | null
  created_at: Instant
}

/** A version of a calendar; rows are never changed. It holds until the next version begins. */
export interface SlaCalendarTable {
  id: string
  version: number
  name: string
  time_zone: string
  /** ISO weekdays that count, 1 is Monday. */
  weekdays: Json
  excluded_dates: Json
  /** Local windows per day, or null for the whole day. */
  windows: Json | null
  /** First local day of validity, in its own zone. */
  valid_from_on: string
  created_at: Instant
}

/** A version of a policy; rows are never changed. It holds until the next version begins. */
export interface SlaPolicyTable {
  id: string
  version: number
  name: string
  calendar_id: string
  /** First local day of validity, in the calendar's zone. */
  valid_from_on: string
  /** Severity → goal → window. */
  goals: Json
  created_at: Instant
}

/**
 * A version of a contract: which policy a customer, a plan or a product has instead of the standard one. Exactly one
 * of the three is set, the same in all versions. Rows are never changed; a version holds until the next one begins.
 */
export interface SlaContractTable {
  id: string
  version: number
  name: string
  customer: string | null
  plan: string | null
  product: string | null
  policy_id: string
  /** `confirmation`, as in the standard terms, or `report`. */
  clock_starts: string
  /** Goals whose clocks may be paused. */
  pausable_goals: Json
  /** First local day of validity, in the calendar's zone. */
  valid_from_on: string
  /** First day after validity, or null. */
  valid_to_on: string | null
  created_at: Instant
}

/** A private address at which those under a contract see their own terms and defects. */
export interface SlaContractLinkTable {
  id: string
  contract_id: string
  /** For whom it was made. */
  name: string
  /** SHA-256 of the secret in the address, hexadecimal. */
  hash: string
  created_at: Instant
  revoked_at: Instant | null
}

/** The terms that a defect's clocks were started under: pinned once, at confirmation. */
export interface SlaPromiseTable {
  defect_id: string
  /** Null: the standard terms. */
  contract_id: string | null
  contract_version: number | null
  policy_id: string
  policy_version: number
  calendar_id: string
  calendar_version: number
  starts_at: Instant
  created_at: Instant
}

/** A verdict as it was reached, with everything that went into it; append-only. */
export interface SlaVerdictTable {
  id: string
  /** Counts those of a goal, so that two of one instant have an order. */
  number: number
  defect_id: string
  goal: string
  verdict: string
  deadline_at: Instant | null
  completed_at: Instant | null
  contract_id: string | null
  contract_version: number | null
  policy_id: string
  policy_version: number
  calendar_id: string
  /** The version that the goal was counted by: after a re-plan not the one that its defect has pinned. */
  calendar_version: number
  /** Version of the time-zone database, `process.versions.tz`. */
  tz_version: string
  inputs: Json
  recorded_at: Instant
}

/** A deadline as it was computed, each time that it moved; append-only. */
export interface SlaDeadlineTable {
  defect_id: string
  goal: string
  /** 1 for the first one of a goal. */
  number: number
  /** Null: none is known, as for the next release or during a pause. */
  deadline_at: Instant | null
  at_risk_at: Instant | null
  tz_version: string
  /** `event` or `time_zone_database`. */
  why: string
  recorded_at: Instant
}

/** What was announced of a goal, so that it is announced once. */
export interface SlaAnnouncementTable {
  defect_id: string
  goal: string
  /** `at_risk` or `missed`. */
  kind: string
  /** When it came to this; much later announcements are marked late. */
  at: Instant
  announced_at: Instant
}

/** When people answer on one channel, for whom. At most one row for each channel, product and plan. */
export interface SupportHoursTable {
  id: string
  /** `chat` or `phone`. */
  channel: string
  /** For one product, or null for every one. */
  product: string | null
  /** For one plan, or null for every one. */
  plan: string | null
  /** IANA zone of the hours. */
  time_zone: string
  /** A list of weekdays with the local times at which they open and close. */
  hours: Json
  /** Local dates that are closed all day. */
  excluded_dates: Json
  /** Where to reach it: a tel, https or mailto address, or null. */
  contact: string | null
  created_at: Instant
  updated_at: Instant
}
