import { describe, expect, test } from 'vitest'
import type { DefectPromises, GoalPromise } from '../../src/domain/sla/promises.ts'
import { HOUR_MS } from '../../src/lib/instant.ts'
import { defectDescription, defectState } from '../../src/ui/defect-words.ts'
import { deadlineCell } from '../../src/ui/goal-cells.ts'
import { calendar, defect, FRIDAY_EVENING, promise } from '../render/sample-views.ts'

const hour = (hours: number) => FRIDAY_EVENING + hours * HOUR_MS

describe('the state of a defect', () => {
  const open = promise('fix', { hours: 48 })
  const overdue = promise('workaround', { hours: 4 }, { now: hour(20) })
  const late = promise('workaround', { hours: 4 }, { completedAt: hour(13), now: hour(20) })
  const atRisk = promise('workaround', { hours: 4 }, { now: hour(3) })

  test.for<[word: string, mark: string, status: DefectPromises['status'], goals: GoalPromise[]]>([
    ['Reported, not yet confirmed', 'open', 'reported', []],
    ['Confirmed', 'open', 'confirmed', [open]],
    ['Confirmed, at risk', 'at_risk', 'confirmed', [open, atRisk]],
    ['Confirmed, overdue', 'missed', 'confirmed', [atRisk, overdue]],
    // Late, but done.
    ['Worked around', 'open', 'worked_around', [late, open]],
    ['Worked around, overdue', 'missed', 'worked_around', [late, overdue]],
    ['Deferred', 'deferred', 'deferred', [late]],
    ['Fixed', 'operational', 'fixed', [late]],
  ])('is “%s”, marked %s', ([word, mark, status, goals]) => {
    expect(defectState({ ...defect(goals), status })).toEqual({ word, mark })
  })
})

test.for<[words: string, goals: GoalPromise[]]>([
  [
    'Critical defect CHK-412, confirmed. Workaround promised by end of Friday 13 November (24:00 IST).',
    [promise('fix', { hours: 48 }), promise('workaround', { hours: 4 })],
  ],
  [
    'Critical defect CHK-412, confirmed. Permanent fix promised in the next release, not planned yet.',
    [promise('fix', { release: 'next' })],
  ],
  ['Critical defect CHK-412, confirmed.', [promise('workaround', { hours: 4 }, { completedAt: hour(1) })]],
])('a defect is described as “%s”', ([words, goals]) => {
  expect(defectDescription(defect(goals))).toBe(words)
})

test.for<[words: string, promise: GoalPromise]>([
  ['end of Friday 13 November (24:00 IST)', promise('fix', { hours: 4 })],
  [
    'Friday 13 November, 18:30 UTC',
    { ...promise('fix', { hours: 4 }), calendar: { ...calendar, timeZone: 'UTC' } },
  ],
  ['none', promise('fix', null)],
  ['none while the clock is paused', promise('fix', { hours: 4 }, { pausedAt: hour(1), now: hour(2) })],
  [
    'none: the clock was paused',
    promise('fix', { hours: 4 }, { pausedAt: hour(1), completedAt: hour(2), now: hour(3) }),
  ],
  ['the next release, not planned yet', promise('fix', { release: 'next' })],
  [
    'the next release, planned for Sunday 15 November',
    promise('fix', { release: 'next' }, { plannedAt: hour(40) }),
  ],
  [
    'the next release',
    promise('fix', { release: 'next' }, { plannedAt: hour(40), completedAt: hour(2), now: hour(3) }),
  ],
  [
    'the release of Sunday 15 November',
    promise('fix', { release: 'next' }, { publishedAt: hour(40), now: hour(50) }),
  ],
])('a table says of a deadline “%s”', ([words, goal]) => {
  expect(deadlineCell(goal)).toBe(words)
})
