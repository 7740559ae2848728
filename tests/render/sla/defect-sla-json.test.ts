import { describe, expect, test } from 'vitest'
import { goalState } from '../../../src/domain/sla/engine/goal-state.ts'
import type { DefectPromises } from '../../../src/domain/sla/promises.ts'
import { defectSlaJson } from '../../../src/render/sla/defect-sla-json.ts'
import { oneTerm } from '../../support/one-term.ts'
import { standardPolicy } from '../sample-views.ts'

const at = (iso: string) => Date.parse(iso)
const calendar = {
  id: 'standard',
  version: 2,
  name: 'Working days',
  validFromOn: '2026-01-01',
  timeZone: 'Asia/Kolkata',
  weekdays: [1, 2, 3, 4, 5],
  excludedDates: [],
  windows: null,
}
const startAt = at('2026-11-13T22:00:00+05:30')

function promises(now: string, completedAt: string | null): DefectPromises {
  const completed = completedAt === null ? null : at(completedAt)
  const term = { hours: 4 }
  const input = oneTerm({
    calendar,
    promise: term,
    startAt,
    completedAt: completed,
    deferredAt: null,
    pauses: [],
    releases: [],
    now: at(now),
  })
  const update = {
    incidentId: 'inc1',
    updateId: 'upd1',
    displayAt: completed ?? 0,
    postedLater: false,
    linkedLater: false,
  }
  return {
    defect: {
      id: 'def1',
      key: 'CHK-412',
      title: 'Checkout is down',
      severity: 'critical',
      public: true,
      reportedAt: startAt - 60_000,
      confirmedAt: startAt,
      customer: null,
      plan: null,
      product: null,
      followsId: null,
      createdAt: startAt,
      updatedAt: startAt,
    },
    status: 'confirmed',
    startAt,
    pinnedAt: startAt,
    changes: [],
    terms: {
      contract: null,
      policy: { ...standardPolicy, name: 'Standard terms' },
      calendar,
    },
    goals: [
      {
        goal: 'response',
        term,
        calendar,
        state: goalState(input),
        input,
        evidence:
          completed === null
            ? null
            : { kind: 'update', at: completed, recordedAt: completed, update, note: null },
        deferral: null,
      },
    ],
  }
}

describe('a defect in JSON', () => {
  test('has every key that the public contract names, and no other', () => {
    const json = defectSlaJson(promises('2026-11-13T23:00:00+05:30', null), 'https://status.example.com')
    expect(json).toEqual({
      id: 'def1',
      key: 'CHK-412',
      title: 'Checkout is down',
      severity: 'critical',
      status: 'confirmed',
      confirmed_at: '2026-11-13T16:30:00.000Z',
      reported_at: '2026-11-13T16:29:00.000Z',
      policy: { id: 'standard', version: 1, name: 'Standard terms' },
      calendar: { id: 'standard', version: 2, time_zone: 'Asia/Kolkata', weekdays: [1, 2, 3, 4, 5] },
      goals: [
        {
          goal: 'response',
          promise: 'within 4 hours',
          window: { hours: 4 },
          calendar_version: 2,
          clock_starts_at: '2026-11-13T16:30:00.000Z',
          deadline_at: '2026-11-15T20:30:00.000Z',
          at_risk_at: '2026-11-15T19:30:00.000Z',
          planned_at: null,
          verdict: 'open',
          completed_at: null,
          evidence: null,
          used_business_seconds: 3_600,
          late_business_seconds: 0,
          excluded: [{ from: '2026-11-13T18:30:00.000Z', to: '2026-11-15T18:30:00.000Z', why: 'weekend' }],
        },
      ],
    })
  })

  test('links to the update that is the evidence, and counts whole seconds only', () => {
    const json = defectSlaJson(
      promises('2026-11-16T09:00:00+05:30', '2026-11-16T02:00:01.900+05:30'),
      'https://x.example',
    )
    expect(json.goals[0]).toMatchObject({
      verdict: 'missed',
      late_business_seconds: 1,
      evidence: {
        incident_id: 'inc1',
        update_id: 'upd1',
        url: 'https://x.example/incidents/inc1#update-upd1',
      },
    })
  })

  test('has no terms and no goals until it is confirmed', () => {
    const reported = {
      ...promises('2026-11-13T23:00:00+05:30', null),
      status: 'reported' as const,
      terms: null,
      goals: [],
    }
    expect(defectSlaJson(reported, 'https://x.example')).toMatchObject({
      policy: null,
      calendar: null,
      goals: [],
    })
  })
})
