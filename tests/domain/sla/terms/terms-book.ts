import type { Contract } from '../../../../src/domain/sla/terms/contracts.ts'
import { STANDARD_POLICY_ID } from '../../../../src/domain/sla/terms/policies.ts'
import type { TermsBook } from '../../../../src/domain/sla/terms/select-terms.ts'
import { STANDARD_POLICY } from '../../../../src/domain/sla/terms/standard-terms.ts'
import { FIRST_DAY } from '../../../../src/domain/sla/terms/validity.ts'
import type { Instant } from '../../../../src/lib/instant.ts'
import { EVERY_DAY } from '../engine/zoned.ts'

export const night: Contract = {
  id: 'night',
  version: 1,
  name: 'Night shift',
  subject: { kind: 'customer', name: 'Harbour Mills' },
  policyId: 'gold',
  clockStarts: 'confirmation',
  pausableGoals: [],
  validFromOn: '2026-03-01',
  validToOn: null,
}

/** Policies by the zone in which they count, every day alike. */
const ZONES = {
  [STANDARD_POLICY_ID]: 'Asia/Kolkata',
  gold: 'Asia/Kolkata',
  kolkata: 'Asia/Kolkata',
  newYork: 'America/New_York',
}

/** Terms that count every day, under these contracts. */
export function bookOf(...contracts: Contract[]): TermsBook {
  const first = { version: 1, validFromOn: FIRST_DAY }
  const days = { weekdays: EVERY_DAY, excludedDates: [], windows: null }
  return {
    contracts: Map.groupBy(contracts, ({ id }) => id),
    policies: new Map(
      Object.keys(ZONES).map((id) => {
        const policy = { ...first, id, name: `The ${id} terms`, calendarId: id, goals: STANDARD_POLICY.goals }
        return [id, [policy]]
      }),
    ),
    calendars: new Map(
      Object.entries(ZONES).map(([id, timeZone]) => [
        id,
        [{ ...first, id, name: 'Daily', timeZone, ...days }],
      ]),
    ),
  }
}

/** Two contracts of one customer, the second from the day on which the first is over; and when it begins in its zone. */
export const HANDOVERS: { first: string; second: string; contracts: [Contract, Contract]; at: Instant }[] = [
  { first: 'kolkata', second: 'newYork', at: '2026-11-17T00:00:00-05:00' },
  { first: 'newYork', second: 'kolkata', at: '2026-11-17T00:00:00+05:30' },
].map(({ first, second, at }) => ({
  first,
  second,
  contracts: [
    { ...night, id: 'first', policyId: first, validToOn: '2026-11-17' },
    { ...night, id: 'second', policyId: second, validFromOn: '2026-11-17' },
  ],
  at: Date.parse(at),
}))
