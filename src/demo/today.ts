import { editIncidentUpdate } from '../domain/incidents/post-update.ts'
import { HOUR_MS, type Instant, MINUTE_MS } from '../lib/instant.ts'
import { type Act, idOf, PEOPLE } from './act.ts'
import { businessMsAgo } from './almanac.ts'
import type { ToldDefect } from './defect-acts.ts'
import type { ToldIncident, ToldUpdate } from './incident-acts.ts'

/** The key of the open incident: `npm run demo` prints a command that adds an update to it. */
export const OPEN_INCIDENT = 'outage'

/**
 * Three hours of the workaround's four are used a little before now, so it is at risk, with most of an hour left.
 * At a weekend the clock stands still: the defect was then confirmed on Friday evening, the workaround is at risk all
 * weekend, and the incident is that much older.
 */
const USED_MS = 3 * HOUR_MS + 4 * MINUTE_MS

/** When the critical defect of today was confirmed. */
function confirmedAt(now: Instant): Instant {
  return Math.floor(businessMsAgo(now, USED_MS) / MINUTE_MS) * MINUTE_MS
}

/** An outage that is open now. It goes back from “identified” to “investigating” once, as real ones do. */
export function openOutage(now: Instant): ToldIncident {
  const at = confirmedAt(now) - 16 * MINUTE_MS
  return {
    key: OPEN_INCIDENT,
    name: 'Card payments fail for many customers',
    at,
    updates: [...FIRST_HOURS, ...sinceThen(Math.floor((now - at) / MINUTE_MS))],
  }
}

export function openCriticalDefect(now: Instant): ToldDefect {
  return {
    key: 'PAY-412',
    title: 'Authorisations are lost after the change of card network gateway',
    severity: 'critical',
    reportedAt: confirmedAt(now) - 9 * MINUTE_MS,
    confirmedAt: confirmedAt(now),
    incident: OPEN_INCIDENT,
  }
}

/** A number that was wrong is corrected; the earlier text stays readable. */
export function correctionOfToday(now: Instant): Act {
  return {
    at: openOutage(now).at + 67 * MINUTE_MS,
    by: PEOPLE.lead,
    play: (tx, cast) =>
      editIncidentUpdate(
        tx,
        idOf(cast, `incident/${OPEN_INCIDENT}`),
        idOf(cast, `update/${OPEN_INCIDENT}/2`),
        {
          body: 'Authorisations are lost between our gateway and one of the two card networks. Four in ten card payments fail. We are moving payments to the other network.',
        },
      ),
  }
}

const FIRST_HOURS: ToldUpdate[] = [
  {
    status: 'investigating',
    after: 0,
    text: 'Many card payments end with “try again later”. Bank transfers work. We are finding out what has changed.',
    components: { cards: 'major_outage', checkout: 'partial_outage' },
  },
  {
    status: 'identified',
    after: 40,
    text: 'Authorisations are lost between our gateway and one of the two card networks. Three in ten card payments fail. We are moving payments to the other network.',
  },
  {
    status: 'identified',
    after: 88,
    text: 'Half of the traffic uses the other network. Payments that failed have not been charged.\n\nIf you cannot wait, please offer bank transfers at checkout: *Settings → Checkout → Ways to pay*. They are not affected.',
  },
  {
    status: 'investigating',
    after: 131,
    text: 'Payments fail on the other network as well, so the cause is not the network. We have stopped the move and are going through every change since yesterday.',
  },
  {
    status: 'identified',
    after: 172,
    text: 'A time-out in our own gateway is too short since yesterday’s change: it gives up before the networks answer. A corrected gateway is being tested. We will go over to it in steps as soon as the test is done.',
  },
]

/** What is posted every few hours when a weekend has passed since the clock stopped. */
const LATER = [
  'The test has found a second place with the same time-out. We are correcting both before we go over. Bank transfers work.',
  'The corrected gateway handles one in twenty payments. All of these go through. We are raising its share slowly, because it has to learn the load.',
  'The share of the corrected gateway is one in five. Payments outside it still fail as often as before.',
  'One of the networks has asked us to wait with larger steps until it has checked our certificates. It works through the night.',
  'The check of our certificates goes on. We have raised the share to one in four, as far as we may.',
  'The network has finished half of its check. Shops that offered bank transfers have received nearly all of their usual orders.',
  'We are preparing the next step, so that it can be taken as soon as the check is over.',
]
const EVERY_MINUTES = 8 * 60
/** The newest update is a few minutes old. */
const QUIET_MINUTES = 12

function sinceThen(elapsedMinutes: number): ToldUpdate[] {
  const start = (FIRST_HOURS.at(-1)?.after ?? 0) + EVERY_MINUTES
  const texts = LATER.map((text, index) => ({ text, after: start + index * EVERY_MINUTES + 7 * (index % 3) }))
  return texts
    .filter(({ after }) => after <= elapsedMinutes - QUIET_MINUTES)
    .map(({ text, after }) => ({ status: 'identified', after, text }))
}
