import { createIncidentTemplate } from '../domain/incidents/templates.ts'
import type { Tx } from '../domain/tx.ts'
import { type Instant, MINUTE_MS } from '../lib/instant.ts'
import { type Act, type Cast, PEOPLE, withIds } from './act.ts'

/** What the company has written beforehand, for what happens to it more than once. */
export function templateActs(beginsAt: Instant): Act[] {
  const by = PEOPLE.lead
  return [
    { at: beginsAt, by, play: writeOfCards },
    { at: beginsAt + 5 * MINUTE_MS, by, play: writeOfBanks },
  ]
}

async function writeOfCards(tx: Tx, cast: Cast): Promise<void> {
  await createIncidentTemplate(tx, {
    title: 'Card payments fail',
    name: 'Card payments fail for {{whom}}',
    body: 'Since {{time}} card payments fail for {{whom}}. Bank transfers work. The next word comes within 30 minutes.',
    components: withIds(cast, 'component', { cards: 'major_outage' as const }),
  })
}

async function writeOfBanks(tx: Tx, cast: Cast): Promise<void> {
  await createIncidentTemplate(tx, {
    title: 'A bank does not answer',
    name: 'Payouts to {{bank}} are late',
    status: 'identified',
    body: '{{bank}} does not take our files since {{time}}. Payouts to other banks are on time; nothing is lost.',
    components: withIds(cast, 'component', { payouts: 'degraded_performance' as const }),
  })
}
