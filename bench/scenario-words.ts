import type { Dice } from '../src/demo/dice.ts'
import type { ImpactLevel } from '../src/domain/components/component-status.ts'

// The words of a made-up page: plain, and as varied as those that people write, so that sizes mean something.

const AREAS = {
  Payments:
    'Card payments,Bank transfers,Wallets,Refunds,Payouts,Invoices,Disputes,Currencies,Fraud checks,Receipts',
  Accounts:
    'Sign-in,Sign-up,Profiles,Teams,Permissions,Single sign-on,Sessions,Two-step codes,Avatars,Audit log',
  Platform: 'API,Webhooks,Dashboard,Search,Exports,Imports,File storage,Queues,Scheduler,Sandbox',
  Messages:
    'E-mail,Text messages,Push messages,Chat,Templates,Contact lists,Campaigns,Inbox,Translations,Link previews',
} as const

const PLACES =
  'Mumbai,Pune,Chennai,Delhi,Colombo,Dhaka,Singapore,Jakarta,Manila,Hanoi,Bangkok,Seoul,Osaka,Tokyo,Taipei,Sydney,' +
  'Perth,Auckland,Dubai,Doha,Cairo,Nairobi,Lagos,Accra,Tunis,Lisbon,Madrid,Paris,Lyon,Milan,Rome,Athens,Vienna,' +
  'Prague,Berlin,Hamburg,Oslo,Stockholm,Helsinki,Dublin,London,Toronto,Montreal,Boston,Dallas,Denver,Seattle,' +
  'Lima,Bogota,Santiago'

/** A group and what it holds: ten parts of one area at one place. There are two hundred of them. */
export function groupNames(index: number): { group: string; components: string[] } {
  const areas = Object.entries(AREAS)
  const [area = '', parts = ''] = areas[index % areas.length] ?? []
  const place = PLACES.split(',')[Math.floor(index / areas.length)]
  if (place === undefined) throw new Error(`There are no names for group ${index}.`)
  return { group: `${area}, ${place}`, components: parts.split(',').map((part) => `${part}, ${place}`) }
}

const TROUBLES: Record<Exclude<ImpactLevel, 'under_maintenance'>, string[]> = {
  degraded_performance: [
    'slow answers',
    'long waits in the evening',
    'late results',
    'time-outs now and then',
  ],
  partial_outage: ['errors for some customers', 'one request in five fails', 'no answers in one region'],
  major_outage: ['out of order', 'no answers at all', 'every request fails'],
}

export function incidentName(dice: Dice, component: string, level: keyof typeof TROUBLES): string {
  return `${component}: ${dice.pick(TROUBLES[level])}`
}

const SENTENCES = {
  investigating: [
    'We see more errors than usual and are looking into it.',
    'Several customers report that pages do not load; our own measurements say the same.',
    'Alerts went off a few minutes ago. Two engineers are reading logs and will tell more within half an hour.',
    'Requests that fail can be sent again; nothing that was confirmed is lost.',
  ],
  identified: [
    'A change of this morning makes the database choose a bad plan for one frequent question.',
    'One of three machines behind the balancer answers with an old certificate.',
    'The queue behind it is full because a consumer stopped and was not started again.',
    'We are taking the change back in steps, region by region, and watch the error rate at each.',
  ],
  monitoring: [
    'The change is taken back and the error rate falls.',
    'All machines answer again. We keep watching for an hour before we call it over.',
    'What had piled up is being worked off; the newest entries are shown within minutes.',
  ],
  resolved: [
    'Everything works as before. We are sorry for the trouble and will write down what we learn from it.',
    'The error rate has been normal for an hour, so this is over.',
    'What had piled up is worked off. Nothing is lost.',
  ],
}

export function updateWords(dice: Dice, status: keyof typeof SENTENCES): string {
  const [first, second] = [dice.pick(SENTENCES[status]), dice.pick(SENTENCES[status])]
  return first === second ? first : `${first} ${second}`
}
