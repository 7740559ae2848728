import { describe, expect, test } from 'vitest'
import type { Contract } from '../../../../src/domain/sla/terms/contracts.ts'
import { STANDARD_POLICY_ID } from '../../../../src/domain/sla/terms/policies.ts'
import {
  type TermsBook,
  termsForDefect,
  termsOfSubject,
} from '../../../../src/domain/sla/terms/select-terms.ts'
import { HOUR_MS, MINUTE_MS } from '../../../../src/lib/instant.ts'
import { zoned } from '../engine/zoned.ts'
import { bookOf, HANDOVERS, night } from './terms-book.ts'

const at = (reading: string) => zoned('Asia/Kolkata', reading)

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

describe('two contracts back to back', () => {
  const heldAt = (book: TermsBook, now: number) =>
    termsOfSubject(book, night.subject, now).contract?.id ?? null

  test.for(HANDOVERS)(
    'leave no gap and share no instant between zones: $first, then $second',
    ({ contracts: [first, second], at: handover }) => {
      for (const book of [bookOf(first, second), bookOf(second, first)]) {
        expect(heldAt(book, handover - 1)).toBe('first')
        expect(heldAt(book, handover)).toBe('second')
        const minutes = Array.from(
          { length: 60 * 60 },
          (_, index) => handover + index * MINUTE_MS - 30 * HOUR_MS,
        )
        const wrong = minutes.filter((now) => heldAt(book, now) !== (now < handover ? 'first' : 'second'))
        expect(wrong).toEqual([])
      }
    },
  )

  test.for(HANDOVERS)(
    'hand over when an edit ended the first: $first, then $second',
    ({ contracts: [first, second], at: handover }) => {
      const ended = { ...first, version: 2, validFromOn: '2026-11-17', validToOn: '2026-11-17' }
      const book = bookOf(second, { ...first, validToOn: null }, ended)
      expect([handover - 1, handover].map((now) => heldAt(book, now))).toEqual(['first', 'second'])
    },
  )

  test('do not meet where a day lies between them, or where the second was called off', () => {
    const [{ contracts }] = HANDOVERS as [(typeof HANDOVERS)[number]]
    const [first, second] = contracts
    const apart = bookOf({ ...first, validToOn: '2026-11-16' }, second)
    expect(heldAt(apart, at('2026-11-15T23:59:59.999'))).toBe('first')
    expect(heldAt(apart, at('2026-11-16T00:00'))).toBe(null)
    const calledOff = bookOf(first, second, { ...second, version: 2, validToOn: '2026-11-17' })
    expect(heldAt(calledOff, at('2026-11-16T23:59:59.999'))).toBe('first')
    expect(heldAt(calledOff, at('2026-11-17T00:00'))).toBe(null)
  })
})

describe('a report before, and a confirmation after one contract followed another', () => {
  const first = { ...night, id: 'first', validToOn: '2026-11-17' }
  const second = { ...night, id: 'second', validFromOn: '2026-11-17' }
  const found = (...contracts: Contract[]) => {
    const nobody = { customer: null, plan: null, product: null }
    const defect = { ...nobody, [night.subject.kind]: night.subject.name, reportedAt: at('2026-11-16T12:00') }
    const { terms, startAt } = termsForDefect(bookOf(...contracts), defect, at('2026-11-18T12:00'))
    return [terms.contract?.id ?? null, startAt]
  }

  test.for<[first: Contract['clockStarts'], second: Contract['clockStarts'], id: string, startAt: string]>([
    ['report', 'report', 'first', '2026-11-16T12:00'],
    ['report', 'confirmation', 'first', '2026-11-16T12:00'],
    ['confirmation', 'confirmation', 'second', '2026-11-18T12:00'],
    // The second has not begun for this clock: it counts from the report, which came before its days.
    ['confirmation', 'report', 'first', '2026-11-18T12:00'],
  ])('where clocks start with %s, then %s: is under the %s', ([before, after, id, startAt]) => {
    const contracts = [
      { ...first, clockStarts: before },
      { ...second, clockStarts: after },
    ]
    expect(found(...contracts)).toEqual([id, at(startAt)])
    expect(found(...contracts.toReversed())).toEqual([id, at(startAt)])
  })
})
