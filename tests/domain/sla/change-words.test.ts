import { expect, test } from 'vitest'
import { changeWords } from '../../../src/domain/sla/change-words.ts'
import type { DefectChange } from '../../../src/domain/sla/promises.ts'
import { zoned } from './engine/zoned.ts'

const timeZone = 'Asia/Kolkata'
const at = (reading: string) => zoned(timeZone, reading)
/** When a change was, which its sentence never says. */
const when = { at: at('2026-11-16T09:00') }
const reason = 'Cards fail too. All of them.'

test.for<[words: string, change: DefectChange]>([
  [
    'Severity raised from high to critical because it got worse: Cards fail too. All of them.',
    { ...when, kind: 'severity', before: 'high', after: 'critical', change: 'worsened', reason },
  ],
  [
    'Severity raised from low to high because it had been judged too low: Cards fail too. All of them.',
    { ...when, kind: 'severity', before: 'low', after: 'high', change: 'misclassified', reason },
  ],
  [
    'Severity lowered from critical to medium: Cards fail too. All of them.',
    { ...when, kind: 'severity', before: 'critical', after: 'medium', change: 'lowered', reason },
  ],
  [
    'The fix of Friday 13 November, 20:00 IST did not hold; its clock goes on as if it had never stopped: Cards fail too. All of them.',
    withdrawn('fixed', null),
  ],
  [
    'The workaround of Friday 13 November, 20:00 IST did not hold; its clock goes on as if it had never stopped: Cards fail too. All of them.',
    withdrawn('workaround', null),
  ],
  [
    'The response of Friday 13 November, 20:00 IST did not hold; its clock goes on as if it had never stopped: Cards fail too. All of them.',
    withdrawn('responded', null),
  ],
  [
    'The fix of Friday 13 November, 20:00 IST did not hold; the earlier fix of Friday 13 November, 12:00 IST counts: Cards fail too. All of them.',
    withdrawn('fixed', { what: 'fixed', at: at('2026-11-13T12:00') }),
  ],
  [
    'The workaround of Friday 13 November, 20:00 IST did not hold; the fix of Monday 16 November, 08:00 IST counts: Cards fail too. All of them.',
    withdrawn('workaround', { what: 'fixed', at: at('2026-11-16T08:00') }),
  ],
  [
    'The response of Friday 13 November, 20:00 IST did not hold; the earlier update of Friday 13 November, 19:00 IST counts: Cards fail too. All of them.',
    withdrawn('responded', { what: 'update', at: at('2026-11-13T19:00') }),
  ],
  [
    'Release 26.48 came out on Friday 13 November, 20:00 IST, before the promise began, so it waits for the one after it: Cards fail too. All of them.',
    {
      ...when,
      kind: 'release_recorded_late',
      name: '26.48',
      isJudge: false,
      publishedAt: at('2026-11-13T20:00'),
      timeZone,
      reason,
    },
  ],
  [
    'Deferred to Wednesday 2 December 2026, as told to the customer: Cards fail too. All of them.',
    { ...when, kind: 'deferred', untilOn: '2026-12-02', reason },
  ],
  [
    'Deferred, as told to the customer: Cards fail too. All of them.',
    { ...when, kind: 'deferred', untilOn: null, reason },
  ],
  [
    'Clocks of the workaround and the permanent fix paused: Cards fail too. All of them.',
    { ...when, kind: 'paused', goals: ['workaround', 'fix'], reason },
  ],
  [
    'Clock of the permanent fix paused: Cards fail too. All of them.',
    { ...when, kind: 'paused', goals: ['fix'], reason },
  ],
  [
    'Clocks of the workaround and the permanent fix go on.',
    { ...when, kind: 'resumed', goals: ['workaround', 'fix'], reason: null },
  ],
  [
    'Clock of the permanent fix goes on: Cards fail too. All of them.',
    { ...when, kind: 'resumed', goals: ['fix'], reason },
  ],
  [
    'Open deadlines are counted by the changed calendar: Cards fail too. All of them.',
    { ...when, kind: 'replanned', reason },
  ],
  [
    'Release 26.48 is planned for Wednesday 6 January 2027 instead of Wednesday 30 December 2026: Cards fail too. All of them.',
    release('2026-12-30T09:00', '2027-01-06T09:00'),
  ],
  [
    'Release 26.48 is planned for Wednesday 2 December, 18:00 IST instead of Wednesday 2 December, 09:00 IST: Cards fail too. All of them.',
    release('2026-12-02T09:00', '2026-12-02T18:00'),
  ],
  [
    'Release 26.48 is now planned for Wednesday 2 December 2026: Cards fail too. All of them.',
    release(null, '2026-12-02T09:00'),
  ],
  [
    'Release 26.48, planned for Wednesday 2 December 2026, has no planned date any more: Cards fail too. All of them.',
    release('2026-12-02T09:00', null),
  ],
  [
    'Release of winter is now planned for Wednesday 2 December 2026: Cards fail too. All of them.',
    release(null, '2026-12-02T09:00', 'Release of winter'),
  ],
  [
    'The deadline of the permanent fix moved from Monday 16 November, 02:00 IST to end of Friday 13 November (24:00 IST), because the rules of the time zone changed (time-zone database 2026c).',
    {
      ...when,
      kind: 'deadline_moved',
      goal: 'fix',
      before: at('2026-11-16T02:00'),
      after: at('2026-11-14T00:00'),
      timeZone,
      database: '2026c',
    },
  ],
])('“%s”', ([words, change]) => {
  expect(changeWords(change)).toBe(words)
})

test.for([
  ['Cards fail too', 'Cards fail too.'],
  ['  Cards fail.\n\nAll of them  ', 'Cards fail. All of them.'],
  ['Do they fail?', 'Do they fail?'],
  ['They said “it fails.”', 'They said “it fails.”'],
  ['Cards fail (all of them)', 'Cards fail (all of them).'],
  ['<b>&amp;</b>', '<b>&amp;</b>.'],
])('the reason “%s” stands there as “%s”', ([told = '', shown = '']) => {
  const change: DefectChange = { ...when, kind: 'replanned', reason: told }
  expect(changeWords(change)).toBe(`Open deadlines are counted by the changed calendar: ${shown}`)
})

type Withdrawn = Extract<DefectChange, { kind: 'withdrawn' }>

function withdrawn(what: Withdrawn['what'], instead: Withdrawn['instead']): Withdrawn {
  return { ...when, kind: 'withdrawn', what, doneAt: at('2026-11-13T20:00'), instead, timeZone, reason }
}

function release(before: string | null, after: string | null, name = '26.48'): DefectChange {
  const instant = (reading: string | null) => (reading === null ? null : at(reading))
  return {
    ...when,
    kind: 'release_replanned',
    name,
    before: instant(before),
    after: instant(after),
    timeZone,
    reason,
  }
}
