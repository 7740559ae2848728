import { describe, expect, test } from 'vitest'
import { contractStanding } from '../../../../src/domain/sla/terms/contract-standing.ts'
import { zoned } from '../engine/zoned.ts'
import { bookOf, HANDOVERS, night } from './terms-book.ts'

const at = (reading: string) => zoned('Asia/Kolkata', reading)

describe('a contract', () => {
  test('begins with its first day and ends with its last one, in the zone of its calendar', () => {
    const book = bookOf({ ...night, validToOn: '2026-07-01' })
    const standing = (reading: string) => contractStanding(book, night, at(reading))
    expect(standing('2026-02-28T23:59:59')).toEqual({ kind: 'to_begin', firstDay: '2026-03-01' })
    expect(standing('2026-03-01T00:00')).toEqual({ kind: 'in_force', lastDay: '2026-06-30' })
    expect(standing('2026-06-30T23:59:59')).toEqual({ kind: 'in_force', lastDay: '2026-06-30' })
    expect(standing('2026-07-01T00:00')).toEqual({ kind: 'ended', lastDay: '2026-06-30' })
  })

  test('without an end is in force for good', () => {
    expect(contractStanding(bookOf(night), night, at('2036-01-01T00:00'))).toEqual({
      kind: 'in_force',
      lastDay: null,
    })
  })

  test('ends with its newest version, and may begin again', () => {
    const first = { ...night, validToOn: '2026-07-01' }
    const extended = bookOf(first, { ...night, version: 2, validFromOn: '2026-05-01' })
    expect(contractStanding(extended, night, at('2026-08-01T00:00')).kind).toBe('in_force')
    const again = bookOf(first, { ...night, version: 2, validFromOn: '2027-01-01' })
    expect(contractStanding(again, night, at('2026-08-01T00:00'))).toEqual({
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
    expect(contractStanding(sooner, night, august)).toEqual({ kind: 'to_begin', firstDay: '2026-11-01' })
  })

  test('is called off when it ends on the day on which it would have begun', () => {
    const off = bookOf(planned, { ...planned, version: 2, validToOn: '2027-01-01' })
    expect(contractStanding(off, night, august)).toEqual({ kind: 'called_off' })
    expect(contractStanding(off, night, at('2027-02-01T00:00'))).toEqual({
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
    expect(contractStanding(replaced, night, august)).toEqual({ kind: 'ended', lastDay: '2026-06-30' })
  })
})

describe('a contract between two zones', () => {
  test.for(HANDOVERS)('is in force until the next one is: $first, then $second', ({ contracts, at }) => {
    const [first, second] = contracts
    const standings = (now: number) =>
      contracts.map((contract) => contractStanding(bookOf(...contracts), contract, now).kind)
    expect(standings(at - 1)).toEqual(['in_force', 'to_begin'])
    expect(standings(at)).toEqual(['ended', 'in_force'])
    // Ended by an edit, the first one has a last day all the same.
    const ended = { ...first, version: 2, validFromOn: second.validFromOn, validToOn: second.validFromOn }
    const book = bookOf({ ...first, validToOn: null }, ended, second)
    expect(contractStanding(book, first, at - 1).kind).toBe('in_force')
    expect(contractStanding(book, first, at)).toEqual({ kind: 'ended', lastDay: '2026-11-16' })
  })
})
