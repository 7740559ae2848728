import type { Almanac } from './almanac.ts'
import type { ToldDefect } from './defect-acts.ts'

/** Defects whose clocks or deadlines were moved after they had started, each with the reason that the page shows. */
export function changedDefects({ week, day }: Almanac): ToldDefect[] {
  return [
    {
      // The fix did not hold: the same clock goes on as if it had never stopped.
      key: 'ACC-115',
      title: 'Codes are given to both providers of text messages or to none',
      severity: 'high',
      reportedAt: week(17, 1, '09:25'),
      confirmedAt: week(17, 1, '09:38'),
      incident: 'reopened',
      events: [
        {
          type: 'fixed',
          recordedAt: week(17, 1, '10:30'),
          note: 'The provider that loses codes is not used.',
        },
        {
          type: 'withdrawn',
          recordedAt: week(17, 1, '11:20'),
          note: 'Codes arrive twice again, with the other provider. The cause lies in our own queue.',
        },
        { type: 'workaround', recordedAt: week(17, 1, '12:04'), update: 'reopened/6' },
        {
          type: 'fixed',
          recordedAt: week(17, 3, '10:40'),
          at: week(17, 3, '10:30'),
          note: 'The queue gives each code to one provider.',
        },
      ],
    },
    {
      // It got worse, so an earlier deadline was added; the first promise stayed.
      key: 'MER-237',
      title: 'Statements take their fees from the month before',
      severity: 'medium',
      reportedAt: week(4, 1, '10:05'),
      confirmedAt: week(4, 1, '10:40'),
      incident: 'statements',
      events: [
        {
          type: 'severity_changed',
          severity: 'high',
          change: 'worsened',
          recordedAt: week(4, 2, '14:12'),
          note: 'Since the run of this morning every shop is affected, not only those with two bank accounts.',
        },
        { type: 'workaround', recordedAt: week(4, 2, '16:05'), update: 'statements/4' },
        { type: 'fixed', recordedAt: week(4, 4, '15:30'), release: 'Statement hotfix' },
      ],
    },
    {
      // What was fixed in PAY-371 came back after longer than a fix can be withdrawn: a defect of its own.
      key: 'PAY-407',
      title: 'Names with accents make payout files too long',
      severity: 'high',
      follows: 'PAY-371',
      reportedAt: week(2, 2, '15:05'),
      confirmedAt: week(2, 2, '15:20'),
      incident: 'accents',
      events: [
        { type: 'workaround', recordedAt: week(2, 2, '16:47'), update: 'accents/3' },
        {
          type: 'fixed',
          recordedAt: week(1, 1, '17:10'),
          at: week(1, 1, '16:55'),
          note: 'The length is counted as the clearing house counts it.',
        },
      ],
    },
    {
      // It turned out milder: the fix waits for the release that has been planned anew.
      key: 'MER-251',
      title: 'Queue of invoices does not start again by itself',
      severity: 'high',
      reportedAt: day(4, '08:41'),
      confirmedAt: day(4, '08:55'),
      incident: 'later',
      events: [
        { type: 'workaround', recordedAt: day(4, '09:10'), update: 'later/2' },
        {
          type: 'severity_changed',
          severity: 'medium',
          change: 'lowered',
          recordedAt: day(4, '15:10'),
          note: 'The queue is watched now, and somebody starts it within two minutes. What remains is that nobody should have to.',
        },
      ],
    },
  ]
}
