import type { Almanac } from './almanac.ts'
import type { ToldDefect } from './defect-acts.ts'
import { CUSTOMER, PLAN } from './terms.ts'

/** Defects of a customer and of a plan, under their own terms: whoever has no private address never reads of them. */
export function contractDefects({ week }: Almanac): ToldDefect[] {
  return [
    {
      // All three goals met, with a pause that moved the deadlines of two of them.
      key: 'MER-241',
      title: 'Returned goods are missing in the stock file',
      severity: 'high',
      customer: CUSTOMER,
      reportedAt: week(3, 3, '09:50'),
      confirmedAt: week(3, 3, '10:20'),
      events: [
        { type: 'responded', recordedAt: week(3, 3, '10:55'), note: 'Answered by phone.' },
        {
          type: 'paused',
          recordedAt: week(3, 3, '11:30'),
          note: 'We have asked you for the stock file of Tuesday, in which it shows.',
        },
        { type: 'resumed', recordedAt: week(3, 4, '09:15'), note: 'The file is here.' },
        {
          type: 'workaround',
          recordedAt: week(3, 4, '12:40'),
          note: 'Returned goods can be booked by hand; the next file includes them.',
        },
        {
          type: 'fixed',
          recordedAt: week(3, 5, '16:30'),
          at: week(3, 5, '16:20'),
          note: 'Published with a hotfix.',
        },
      ],
    },
    {
      // Its clock stands still until the customer has sent what is needed.
      key: 'MER-248',
      title: 'Orders of the second warehouse arrive without a reference',
      severity: 'high',
      customer: CUSTOMER,
      reportedAt: week(1, 4, '10:40'),
      confirmedAt: week(1, 4, '11:15'),
      events: [
        { type: 'responded', recordedAt: week(1, 4, '12:05'), note: 'Answered by email.' },
        {
          type: 'workaround',
          recordedAt: week(1, 4, '16:30'),
          note: 'The reference can be taken from the delivery note.',
        },
        {
          type: 'paused',
          recordedAt: week(1, 5, '15:40'),
          note: 'We wait for one day of orders from your warehouse, which shows where the reference is lost.',
        },
      ],
    },
    {
      key: 'DEV-384',
      title: 'Test keys of a second team cannot be renamed',
      severity: 'medium',
      plan: PLAN,
      reportedAt: week(1, 3, '10:00'),
      confirmedAt: week(1, 3, '10:30'),
      events: [
        { type: 'responded', recordedAt: week(1, 3, '11:10'), note: 'Answered by email.' },
        {
          type: 'workaround',
          recordedAt: week(1, 4, '14:50'),
          note: 'A key can be made again under its new name; the old one works until then.',
        },
      ],
    },
  ]
}
