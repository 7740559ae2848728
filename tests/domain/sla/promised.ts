import type { Severity } from '../../../src/domain/defects/defect.ts'
import type { SeverityChange } from '../../../src/domain/defects/defect-events.ts'
import type { GoalInput } from '../../../src/domain/sla/engine/goal-limits.ts'
import { goalState } from '../../../src/domain/sla/engine/goal-state.ts'
import { GOALS, type GoalName, type PolicyGoals } from '../../../src/domain/sla/engine/goal-terms.ts'
import type { DefectPromises, Evidence, GoalPromise } from '../../../src/domain/sla/promises.ts'
import { STANDARD_POLICY } from '../../../src/domain/sla/terms/standard-terms.ts'
import type { Instant } from '../../../src/lib/instant.ts'
import { calendarIn } from './engine/zoned.ts'

/** What is told of a defect; the engine does the rest, by the standard terms unless others are given. */
export interface Told {
  key?: string
  severity?: Severity
  zone?: string
  goals?: PolicyGoals
  startAt: Instant
  now: Instant
  /** When each goal was reached; what is done for a stronger goal is done for the weaker ones. */
  done?: Partial<Record<GoalName, Instant>>
  deferredAt?: Instant
  /** What its severity became. */
  changed?: { at: Instant; to: Severity; change: SeverityChange }[]
}

/** A confirmed defect with its three promises, without a database. */
export function promised(told: Told): DefectPromises {
  const { key = 'CHK-1', severity = 'critical', zone = 'Asia/Kolkata', startAt, changed = [] } = told
  const policyGoals = told.goals ?? STANDARD_POLICY.goals
  const version = { id: 'standard', version: 1, name: 'Standard', validFromOn: '2000-01-01' }
  const calendar = { ...version, ...calendarIn(zone) }
  const severities = [severity, ...changed.map(({ to }) => to)]
  const goals = GOALS.map((goal): GoalPromise => {
    const stronger = GOALS.slice(GOALS.indexOf(goal)).flatMap((it) => told.done?.[it] ?? [])
    const at = stronger.length === 0 ? null : Math.min(...stronger)
    const input: GoalInput = {
      startAt,
      steps: [
        { at: startAt, kind: 'initial', term: policyGoals[severity][goal], calendar },
        ...changed.map(({ at, to, change }) => {
          return { at, kind: change, term: policyGoals[to][goal], calendar }
        }),
      ],
      completedAt: at,
      deferredAt: told.deferredAt ?? null,
      pauses: [],
      releases: [],
      now: told.now,
    }
    const state = goalState(input)
    return {
      goal,
      term: state.promise,
      calendar,
      state,
      input,
      evidence: at === null ? null : done(at),
      deferral: null,
    }
  })
  return {
    defect: {
      id: key.toLowerCase(),
      key,
      title: 'Card payments time out',
      severity: severities.at(-1) ?? severity,
      public: true,
      reportedAt: startAt,
      confirmedAt: startAt,
      customer: null,
      plan: null,
      product: null,
      followsId: null,
      createdAt: startAt,
      updatedAt: startAt,
    },
    status: 'confirmed',
    terms: {
      contract: null,
      policy: { ...version, calendarId: 'standard', goals: policyGoals },
      calendar,
    },
    startAt,
    pinnedAt: startAt,
    goals,
    changes: changed.map(({ at, to, change }, index) => {
      const before = severities[index] ?? severity
      return { kind: 'severity', at, before, after: to, change, reason: 'So it is.' }
    }),
  }
}

function done(at: Instant): Evidence {
  return { kind: 'event', at, recordedAt: at, update: null, note: null }
}
