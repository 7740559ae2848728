import type { PolicyGoals } from '../domain/sla/engine/goal-terms.ts'
import { createContractLink } from '../domain/sla/terms/contract-links.ts'
import { STANDARD_POLICY_ID } from '../domain/sla/terms/policies.ts'
import { STANDARD_CALENDAR, STANDARD_POLICY } from '../domain/sla/terms/standard-terms.ts'
import { reviseCalendar } from '../domain/sla/terms/write-calendar.ts'
import { createContract } from '../domain/sla/terms/write-contract.ts'
import { createPolicy, revisePolicy } from '../domain/sla/terms/write-policy.ts'
import type { LocalDate } from '../lib/dates.ts'
import { type Act, idOf, PEOPLE } from './act.ts'
import { type Almanac, localDate } from './almanac.ts'

/** A made-up company with a contract of its own. */
export const CUSTOMER = 'Harbour Outfitters'
/** What larger shops pay for. */
export const PLAN = 'Plus'

/** The name under which the cast has the secret of the customer's private address. */
export const PRIVATE_SECRET = `secret/${CUSTOMER}`

/** In its first months the company promised less for the worst. */
const CAUTIOUS_GOALS: PolicyGoals = {
  ...STANDARD_POLICY.goals,
  critical: { ...STANDARD_POLICY.goals.critical, response: { hours: 6 } },
}

const GOLD_GOALS: PolicyGoals = {
  critical: { response: { hours: 1 }, workaround: { hours: 2 }, fix: { hours: 24 } },
  high: { response: { hours: 2 }, workaround: { hours: 8 }, fix: { bdays: 3 } },
  medium: { response: { hours: 4 }, workaround: { bdays: 2 }, fix: { release: 'next' } },
  low: { response: { hours: 24 }, workaround: null, fix: null },
}

const PLUS_GOALS: PolicyGoals = {
  critical: { response: { hours: 2 }, workaround: { hours: 4 }, fix: { hours: 36 } },
  high: { response: { hours: 2 }, workaround: { hours: 12 }, fix: { bdays: 4 } },
  medium: { response: { hours: 4 }, workaround: { bdays: 2 }, fix: { release: 'next' } },
  low: { response: { hours: 24 }, workaround: null, fix: null },
}

/** How the terms came to be what they are; each version is entered before it begins, as no clock may have started by then. */
export function termsActs(almanac: Almanac, beginsAt: number): Act[] {
  const { week } = almanac
  const by = PEOPLE.administrator
  const monday = (ago: number): LocalDate => localDate(week(ago, 1, '12:00'))
  return [
    {
      at: beginsAt,
      by,
      play: (tx) => revisePolicy(tx, STANDARD_POLICY_ID, { goals: CAUTIOUS_GOALS }),
    },
    {
      at: week(29, 4, '11:00'),
      by,
      play: async (tx, cast) => {
        const policyId = await createPolicy(tx, {
          name: 'Gold terms',
          calendar_id: STANDARD_CALENDAR.id,
          goals: GOLD_GOALS,
        })
        const contractId = await createContract(tx, {
          name: 'Gold',
          customer: CUSTOMER,
          policy_id: policyId,
          pausable_goals: ['workaround', 'fix'],
          valid_from: monday(28),
        })
        cast.set(`contract/${CUSTOMER}`, contractId)
      },
    },
    {
      at: week(28, 1, '10:15'),
      by,
      play: async (tx, cast) => {
        const contractId = idOf(cast, `contract/${CUSTOMER}`)
        cast.set(PRIVATE_SECRET, (await createContractLink(tx, contractId, { name: CUSTOMER })).secret)
      },
    },
    {
      at: week(25, 2, '16:00'),
      by,
      play: async (tx, cast) => {
        const policyId = await createPolicy(tx, {
          name: 'Plus terms',
          calendar_id: STANDARD_CALENDAR.id,
          goals: PLUS_GOALS,
        })
        const contract = { name: 'Plus plan', plan: PLAN, policy_id: policyId, valid_from: monday(24) }
        cast.set(`contract/${PLAN}`, await createContract(tx, contract))
      },
    },
    {
      at: week(21, 2, '15:00'),
      by,
      play: (tx) =>
        revisePolicy(tx, STANDARD_POLICY_ID, { goals: STANDARD_POLICY.goals, valid_from: monday(20) }),
    },
    {
      at: week(20, 3, '11:20'),
      by,
      play: (tx) =>
        reviseCalendar(tx, STANDARD_CALENDAR.id, {
          excluded_dates: holidays(almanac),
          valid_from: monday(19),
        }),
    },
  ]
}

/** Public holidays of the months around now. None is near enough to now to stop the clocks of today. */
function holidays({ week }: Almanac): LocalDate[] {
  return [week(17, 4, '12:00'), week(7, 5, '12:00'), week(-4, 5, '12:00'), week(-9, 1, '12:00')].map(
    localDate,
  )
}
