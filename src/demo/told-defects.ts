import { HOUR_MS, type Instant, MINUTE_MS } from '../lib/instant.ts'
import { type Almanac, businessMsAgo, localDate } from './almanac.ts'
import type { ToldDefect } from './defect-acts.ts'
import { postedAt, type ToldIncident } from './incident-acts.ts'
import type { ToldRelease } from './releases.ts'
import { toldAs } from './remembered.ts'
import { REMEMBERED } from './stories/remembered.ts'

/** Hotfixes that carry a fix between two regular releases. */
export function hotfixes({ week }: Almanac): ToldRelease[] {
  const hotfix = (name: string, at: Instant): ToldRelease => {
    return { name, kind: 'hotfix', plannedAt: at, publishedAt: at }
  }
  return [
    hotfix('Statement hotfix', week(4, 4, '15:30')),
    hotfix('Tax report hotfix', week(5, 3, '16:05')),
    hotfix('Transfer list hotfix', week(3, 3, '08:20')),
  ]
}

/** An incident that is over while the promise of its defect is not: the fix is due in some days. */
export function mixedLanguages(now: Instant): ToldIncident {
  const at = Math.floor(businessMsAgo(now, 40 * HOUR_MS) / MINUTE_MS) * MINUTE_MS
  return toldAs('languages', REMEMBERED.mixedLanguages, at)
}

/** Defects that show, one by one, what can become of a promise. */
export function toldDefects(almanac: Almanac): ToldDefect[] {
  const { week, day, now } = almanac
  const languages = mixedLanguages(now)
  return [
    {
      // All three goals met.
      key: 'PAY-398',
      title: 'Arrived transfers are listed once per repeated message',
      severity: 'critical',
      reportedAt: week(3, 2, '10:34'),
      confirmedAt: week(3, 2, '10:42'),
      incident: 'double',
      events: [
        { type: 'workaround', recordedAt: week(3, 2, '12:06'), at: week(3, 2, '12:04'), update: 'double/4' },
        { type: 'fixed', recordedAt: week(3, 3, '08:20'), release: 'Transfer list hotfix' },
      ],
    },
    {
      // The fix is late by more than two days, and the proof of it was recorded a day later still.
      key: 'MER-231',
      title: 'Refunds of the new form are missing in the tax report',
      severity: 'high',
      reportedAt: week(6, 1, '10:20'),
      confirmedAt: week(6, 1, '11:20'),
      incident: 'tax',
      events: [
        { type: 'workaround', recordedAt: week(6, 1, '14:12'), update: 'tax/3' },
        { type: 'fixed', recordedAt: week(5, 4, '17:30'), release: 'Tax report hotfix' },
      ],
    },
    {
      // Confirmed on a Friday evening: the workaround came on Saturday, nine hours after the clock had stopped.
      key: 'PAY-371',
      title: 'Payout files with long account names are refused',
      severity: 'critical',
      reportedAt: week(9, 5, '19:41'),
      confirmedAt: week(9, 5, '20:00'),
      incident: 'friday',
      events: [
        { type: 'workaround', recordedAt: week(9, 6, '09:05'), update: 'friday/4', at: week(9, 6, '09:00') },
        {
          type: 'fixed',
          recordedAt: week(8, 1, '17:40'),
          at: week(8, 1, '17:30'),
          note: 'Long names are shortened.',
        },
      ],
    },
    {
      key: 'MER-244',
      title: 'Exports cannot be written to storages with newer keys',
      severity: 'high',
      reportedAt: week(2, 3, '14:20'),
      confirmedAt: week(2, 3, '15:10'),
      incident: 'export',
      events: [
        { type: 'workaround', recordedAt: week(2, 3, '17:08'), update: 'export/3' },
        {
          type: 'deferred',
          recordedAt: week(1, 1, '11:00'),
          until: localDate(week(-2, 2, '12:00')),
          note: 'Writing to storages with newer keys needs a new version of the library that we use. It is announced for this month, and we test it for a week before you get it. Until then your exports are put into the dashboard.',
        },
      ],
    },
    {
      // Waits for the next release, which is planned.
      key: 'MER-249',
      title: 'Order list forgets its filters',
      severity: 'medium',
      reportedAt: week(1, 4, '09:20'),
      confirmedAt: week(1, 4, '10:05'),
      incident: 'filters',
      events: [{ type: 'workaround', recordedAt: week(1, 4, '11:50'), update: 'filters/3' }],
    },
    {
      // Answered in time; the rest is as seen fit.
      key: 'MER-250',
      title: 'Column widths of the order list are not kept',
      severity: 'low',
      reportedAt: week(1, 2, '15:45'),
      confirmedAt: week(1, 2, '16:30'),
      events: [{ type: 'responded', recordedAt: week(1, 3, '10:10'), note: 'Answered by email.' }],
    },
    {
      // A response that came a working day too late.
      key: 'ACC-121',
      title: 'Initials are shown instead of the profile picture',
      severity: 'low',
      reportedAt: week(5, 2, '09:30'),
      confirmedAt: week(5, 2, '10:00'),
      events: [{ type: 'responded', recordedAt: week(5, 5, '15:20'), note: 'Answered by email.' }],
    },
    {
      key: 'MER-252',
      title: 'Order of languages is lost when an invoice is copied',
      severity: 'high',
      reportedAt: languages.at + 5 * MINUTE_MS,
      confirmedAt: languages.at + 12 * MINUTE_MS,
      incident: languages.key,
      events: [{ type: 'workaround', recordedAt: postedAt(languages, 2) + MINUTE_MS, update: 'languages/3' }],
    },
    {
      // Reported, and not confirmed by anybody yet: no clock runs.
      key: 'DEV-390',
      title: 'Example in the API reference shows an old field name',
      severity: 'low',
      reportedAt: day(1, '16:15'),
      confirmedAt: null,
    },
    {
      // Not public, and linked to an incident that is: it must never show.
      key: 'SEC-31',
      title: 'Remembered browsers were not bound to their account',
      severity: 'high',
      public: false,
      reportedAt: week(2, 4, '12:12'),
      confirmedAt: week(2, 4, '12:25'),
      incident: 'codes',
      events: [
        { type: 'workaround', recordedAt: week(2, 4, '13:15'), at: week(2, 4, '13:08') },
        { type: 'fixed', recordedAt: week(2, 5, '18:10'), at: week(2, 5, '17:55') },
      ],
    },
  ]
}
