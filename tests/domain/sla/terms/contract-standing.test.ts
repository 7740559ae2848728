import { describe, expect, test } from 'vitest'
import { contractStanding } from '../../../../src/domain/sla/terms/contract-standing.ts'
import type { Contract } from '../../../../src/domain/sla/terms/contracts.ts'
import { STANDARD_POLICY_ID } from '../../../../src/domain/sla/terms/policies.ts'
import { type TermsBook, termsOfSubject } from '../../../../src/domain/sla/terms/select-terms.ts'
import { STANDARD_POLICY } from '../../../../src/domain/sla/terms/standard-terms.ts'
import { FIRST_DAY } from '../../../../src/domain/sla/terms/validity.ts'
import { EVERY_DAY, zoned } from '../engine/zoned.ts'

const ZONE = 'Asia/Kolkata'
const at = (reading: string) => zoned(ZONE, reading)

const night: Contract = {
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

/** Terms that count every day, under these contracts. */
function bookOf(...contracts: Contract[]): TermsBook {
  const version = { version: 1, validFromOn: FIRST_DAY, calendarId: 'daily', goals: STANDARD_POLICY.goals }
  const days = { timeZone: ZONE, weekdays: EVERY_DAY, excludedDates: [], windows: null }
  return {
    contracts: Map.groupBy(contracts, ({ id }) => id),
    policies: new Map(
      [STANDARD_POLICY_ID, 'gold'].map((id) => [id, [{ ...version, id, name: `The ${id} terms` }]]),
    ),
    calendars: new Map([
      ['daily', [{ id: 'daily', version: 1, name: 'Daily', validFromOn: FIRST_DAY, ...days }]],
    ]),
  }
}

describe('a contract', () => {
  test('begins with its first day and ends with its last one, in the zone of its calendar', () => {
    const book = bookOf({ ...night, validToOn: '2026-07-01' })
    const standing = (reading: string) => contractStanding(book, 'night', at(reading))
    expect(standing('2026-02-28T23:59:59')).toEqual({ kind: 'to_begin', firstDay: '2026-03-01' })
    expect(standing('2026-03-01T00:00')).toEqual({ kind: 'in_force', lastDay: '2026-06-30' })
    expect(standing('2026-06-30T23:59:59')).toEqual({ kind: 'in_force', lastDay: '2026-06-30' })
    expect(standing('2026-07-01T00:00')).toEqual({ kind: 'ended', lastDay: '2026-06-30' })
  })

  test('without an end is in force for good', () => {
    expect(contractStanding(bookOf(night), 'night', at('2036-01-01T00:00'))).toEqual({
      kind: 'in_force',
      lastDay: null,
    })
  })

  test('ends with its newest version, and may begin again', () => {
    const first = { ...night, validToOn: '2026-07-01' }
    const extended = bookOf(first, { ...night, version: 2, validFromOn: '2026-05-01' })
    expect(contractStanding(extended, 'night', at('2026-08-01T00:00')).kind).toBe('in_force')
    const again = bookOf(first, { ...night, version: 2, validFromOn: '2027-01-01' })
    expect(contractStanding(again, 'night', at('2026-08-01T00:00'))).toEqual({
      kind: 'to_begin',
      firstDay: '2027-01-01',
    })
  })
})

describe('a contract whose plan changes', () => {
  const planned = { ...night, validFromOn: '2027-01-01' }
  const august = at('2026-08-01T00:00')

  test('begins as it was planned last', () => {
    const sooner = bookOf(planned, { ...planned, version: 2, validFromOn: '2026-11-01' })
    expect(contractStanding(sooner, 'night', august)).toEqual({ kind: 'to_begin', firstDay: '2026-11-01' })
  })

  test('is called off when it ends on the day on which it would have begun', () => {
    const off = bookOf(planned, { ...planned, version: 2, validToOn: '2027-01-01' })
    expect(contractStanding(off, 'night', august)).toEqual({ kind: 'called_off' })
    expect(contractStanding(off, 'night', at('2027-02-01T00:00'))).toEqual({
      kind: 'ended',
      lastDay: '2026-12-31',
    })
  })

  test('does not begin again because of a plan that was replaced', () => {
    const replaced = bookOf(
      { ...night, validToOn: '2026-07-01' },
      { ...night, version: 2, validFromOn: '2027-01-01' },
      { ...night, version: 3, validFromOn: '2026-06-01', validToOn: '2026-07-01' },
    )
    expect(contractStanding(replaced, 'night', august)).toEqual({ kind: 'ended', lastDay: '2026-06-30' })
  })
})

describe('the terms of those under a contract', () => {
  const policyAt = (book: TermsBook, reading: string) => {
    const { contract, policy } = termsOfSubject(book, night.subject, at(reading))
    return [contract?.id ?? null, policy.id]
  }

  test('are its own while it is in force, and the standard ones before and after', () => {
    const book = bookOf({ ...night, validToOn: '2026-07-01' })
    expect(policyAt(book, '2026-02-28T12:00')).toEqual([null, STANDARD_POLICY_ID])
    expect(policyAt(book, '2026-03-01T12:00')).toEqual(['night', 'gold'])
    expect(policyAt(book, '2026-07-01T12:00')).toEqual([null, STANDARD_POLICY_ID])
  })

  test('are those of the contract that followed it for the same customer, and of nobody else’s', () => {
    const ended = { ...night, validToOn: '2026-07-01' }
    const next = { ...night, id: 'next', validFromOn: '2026-07-01' }
    const others: Contract = { ...next, subject: { kind: 'plan', name: 'Harbour Mills' } }
    expect(policyAt(bookOf(ended, next), '2026-08-01T12:00')).toEqual(['next', 'gold'])
    expect(policyAt(bookOf(ended, others), '2026-08-01T12:00')).toEqual([null, STANDARD_POLICY_ID])
  })
})
