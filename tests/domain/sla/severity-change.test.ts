import { describe, expect, test } from 'vitest'
import { deadlineHistory, type SeverityStep } from '../../../src/domain/sla/severity-change.ts'
import { calendarIn, zoned } from './zoned.ts'

const kolkata = calendarIn('Asia/Kolkata')
const at = (text: string) => zoned('Asia/Kolkata', text)

// Medium gives three business days, critical four hours, low nothing. Confirmed on a Tuesday.
const startAt = at('2026-11-10T10:00')
const medium: SeverityStep = { at: startAt, kind: 'initial', window: { bdays: 3 } }
const critical: SeverityStep = { at: startAt, kind: 'initial', window: { hours: 4 } }

describe('the deadline after a change of severity', () => {
  test.for<[string, SeverityStep[], (string | null)[]]>([
    [
      'is soon when it got worse',
      [medium, { at: at('2026-11-11T10:00'), kind: 'worsened', window: { hours: 4 } }],
      ['2026-11-13T10:00', '2026-11-11T14:00'],
    ],
    [
      'is never later for getting worse',
      [medium, { at: at('2026-11-13T09:00'), kind: 'worsened', window: { hours: 4 } }],
      ['2026-11-13T10:00', '2026-11-13T10:00'],
    ],
    [
      'counts from the start when it was judged wrongly',
      [medium, { at: at('2026-11-11T10:00'), kind: 'misclassified', window: { hours: 4 } }],
      ['2026-11-13T10:00', '2026-11-10T14:00'],
    ],
    [
      'counts from the start when it is lowered in time',
      [critical, { at: at('2026-11-10T14:00'), kind: 'lowered', window: { bdays: 3 } }],
      ['2026-11-10T14:00', '2026-11-13T10:00'],
    ],
    [
      'stays passed when it is lowered too late, whatever follows',
      [
        critical,
        { at: at('2026-11-10T14:00') + 1, kind: 'lowered', window: { bdays: 3 } },
        { at: at('2026-11-10T15:00'), kind: 'misclassified', window: { hours: 8 } },
      ],
      ['2026-11-10T14:00', '2026-11-10T14:00', '2026-11-10T14:00'],
    ],
    [
      'begins when something is promised at last',
      [
        { ...medium, window: null },
        { at: at('2026-11-14T12:00'), kind: 'worsened', window: { hours: 4 } },
      ],
      [null, '2026-11-16T04:00'],
    ],
    [
      'ends when nothing is promised any more',
      [critical, { at: at('2026-11-10T12:00'), kind: 'lowered', window: null }],
      ['2026-11-10T14:00', null],
    ],
  ])('%s', ([, steps, expected]) => {
    const deadlines = deadlineHistory(kolkata, startAt, steps).map(({ deadlineAt }) => deadlineAt)
    expect(deadlines).toEqual(expected.map((reading) => (reading === null ? null : at(reading))))
  })
})
