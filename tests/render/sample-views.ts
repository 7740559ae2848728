import { goalState } from '../../src/domain/sla/engine/goal-state.ts'
import type { GoalName, GoalTerm } from '../../src/domain/sla/engine/goal-terms.ts'
import { NO_END } from '../../src/domain/sla/engine/pauses.ts'
import type { DefectPromises, GoalPromise } from '../../src/domain/sla/promises.ts'
import type { Policy } from '../../src/domain/sla/terms/policies.ts'
import { STANDARD_POLICY } from '../../src/domain/sla/terms/standard-terms.ts'
import type { FeedView } from '../../src/domain/status-page/feed-views.ts'
import type {
  IncidentView,
  MaintenanceView,
  PageView,
  UpdateView,
} from '../../src/domain/status-page/views.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/lib/instant.ts'
import { oneTerm } from '../support/one-term.ts'

/** Friday 13 November 2026, 20:00 in India: its four hours end with the day, and so with the week. */
export const FRIDAY_EVENING = Date.parse('2026-11-13T20:00:00+05:30')

export const page: PageView = {
  name: 'Nimbus',
  timeZone: 'Asia/Kolkata',
  homeUrl: null,
  supportUrl: null,
  accent: '#2f5bd7',
  logo: null,
  language: 'en',
  darkLogo: null,
  url: 'https://status.nimbus.example',
  showsCommitments: true,
  commitmentsNote: null,
}

export const standardPolicy: Policy = {
  id: 'standard',
  version: 1,
  name: 'Standard',
  calendarId: 'standard',
  validFromOn: '2000-01-01',
  goals: STANDARD_POLICY.goals,
}

export const calendar = {
  id: 'standard',
  version: 1,
  name: 'Standard',
  timeZone: 'Asia/Kolkata',
  weekdays: [1, 2, 3, 4, 5],
  excludedDates: [],
  windows: null,
  validFromOn: '2000-01-01',
}

export function promise(
  goal: GoalName,
  term: GoalTerm,
  options: {
    completedAt?: number
    deferredAt?: number
    untilOn?: string
    plannedAt?: number
    publishedAt?: number
    /** A pause, to infinity unless it has ended. */
    pausedAt?: number
    resumedAt?: number
    now?: number
  } = {},
): GoalPromise {
  const { completedAt = null, deferredAt = null, untilOn = null, plannedAt, pausedAt } = options
  const { resumedAt = NO_END, publishedAt = null } = options
  const release = {
    kind: 'regular' as const,
    plannedAt: plannedAt ?? null,
    cutOffAt: null,
    publishedAt,
  }
  const input = oneTerm({
    calendar,
    promise: term,
    startAt: FRIDAY_EVENING,
    completedAt,
    deferredAt,
    pauses: pausedAt === undefined ? [] : [{ from: pausedAt, to: resumedAt }],
    releases: plannedAt === undefined && publishedAt === null ? [] : [release],
    now: options.now ?? FRIDAY_EVENING + HOUR_MS,
  })
  const deferral = deferredAt === null ? null : { at: deferredAt, untilOn, note: 'As told to the customer.' }
  return { goal, term, calendar, state: goalState(input), input, evidence: null, deferral }
}

export function defect(goals: GoalPromise[], changes: DefectPromises['changes'] = []): DefectPromises {
  return {
    defect: {
      id: 'defect000001',
      key: 'CHK-412',
      title: 'Card payments time out',
      severity: 'critical',
      public: true,
      reportedAt: FRIDAY_EVENING,
      confirmedAt: FRIDAY_EVENING,
      customer: null,
      plan: null,
      product: null,
      followsId: null,
      createdAt: FRIDAY_EVENING,
      updatedAt: FRIDAY_EVENING,
    },
    status: 'confirmed',
    terms: { contract: null, policy: standardPolicy, calendar },
    startAt: FRIDAY_EVENING,
    pinnedAt: FRIDAY_EVENING,
    goals,
    changes,
  }
}

export function update(changes: Partial<UpdateView> = {}): UpdateView {
  return {
    id: 'update000001',
    number: 1,
    status: 'investigating',
    repeatsStatus: false,
    body: 'We are looking into failing payments.',
    createdAt: FRIDAY_EVENING,
    displayAt: FRIDAY_EVENING,
    postedLater: false,
    updatedAt: FRIDAY_EVENING,
    editedAt: null,
    edits: [],
    named: [],
    changes: [],
    deliverNotifications: true,
    ...changes,
  }
}

export function incident(
  changes: Partial<IncidentView['incident']> = {},
  parts: Partial<Omit<IncidentView, 'incident'>> = {},
): IncidentView {
  return {
    incident: {
      id: 'incident0001',
      name: 'Payments are failing for some customers',
      status: 'investigating',
      impactOverride: null,
      startedAt: FRIDAY_EVENING,
      resolvedAt: null,
      backfilled: false,
      metadata: {},
      postmortem: null,
      createdAt: FRIDAY_EVENING,
      updatedAt: FRIDAY_EVENING + 30 * MINUTE_MS,
      ...changes,
    },
    impact: 'major',
    components: [{ id: 'component001', name: 'Checkout', status: 'partial_outage' }],
    updates: [
      update({
        id: 'update000002',
        repeatsStatus: true,
        body: 'Cards of **one bank** are affected.',
        displayAt: FRIDAY_EVENING + 20 * MINUTE_MS,
      }),
      update(),
    ],
    defects: [],
    ...parts,
  }
}

export function maintenance(
  changes: Partial<MaintenanceView['maintenance']> = {},
  parts: Partial<Omit<MaintenanceView, 'maintenance'>> = {},
): MaintenanceView {
  return {
    maintenance: {
      id: 'maintenance1',
      name: 'Database upgrade',
      status: 'scheduled',
      scheduledFor: Date.parse('2026-11-21T20:30:00Z'),
      scheduledUntil: Date.parse('2026-11-21T22:30:00Z'),
      autoInProgress: true,
      autoCompleted: true,
      remindedAt: null,
      startedAt: null,
      completedAt: null,
      cancelledAt: null,
      sequence: 2,
      metadata: {},
      createdAt: FRIDAY_EVENING,
      updatedAt: FRIDAY_EVENING + HOUR_MS,
      ...changes,
    },
    components: [{ id: 'component001', name: 'Checkout' }],
    updates: [
      update({ id: 'update000003', status: 'scheduled', body: 'Checkout is read-only for two hours.' }),
    ],
    ...parts,
  }
}

export function feed(changes: Partial<FeedView> = {}): FeedView {
  return {
    page,
    component: null,
    incidents: [incident()],
    maintenances: [],
    updatedAt: FRIDAY_EVENING,
    ...changes,
  }
}
