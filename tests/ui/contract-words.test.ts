import { describe, expect, test } from 'vitest'
import type { Contract } from '../../src/domain/sla/terms/contracts.ts'
import { contractSentences, subjectWords } from '../../src/ui/contract-words.ts'

const contract: Contract = {
  id: 'gold',
  version: 1,
  name: 'Gold 2026',
  subject: { kind: 'customer', name: 'Harbour Mills' },
  policyId: 'gold',
  clockStarts: 'confirmation',
  pausableGoals: [],
  validFromOn: '2026-01-01',
  validToOn: null,
}
const next = { ...contract, id: 'next', name: 'Gold 2027' }

describe('how a contract stands', () => {
  test.each([
    [{ kind: 'in_force', lastDay: null } as const, contract, ['The contract “Gold 2026” is in force.']],
    [
      { kind: 'in_force', lastDay: '2026-12-31' } as const,
      contract,
      ['The contract “Gold 2026” holds until the end of Thursday 31 December 2026.'],
    ],
    [
      { kind: 'to_begin', firstDay: '2026-12-01' } as const,
      null,
      ['The contract “Gold 2026” begins on Tuesday 1 December 2026. Until then the standard terms apply.'],
    ],
    [
      { kind: 'called_off' } as const,
      null,
      ['The contract “Gold 2026” was called off before it began; the standard terms apply.'],
    ],
    [
      { kind: 'ended', lastDay: '2026-10-31' } as const,
      null,
      [
        'The contract “Gold 2026” ended on Saturday 31 October 2026.',
        'What was confirmed under it keeps its terms; to what is confirmed now the standard terms apply.',
      ],
    ],
    [
      { kind: 'ended', lastDay: '2026-10-31' } as const,
      next,
      [
        'The contract “Gold 2026” ended on Saturday 31 October 2026.',
        'What was confirmed under it keeps its terms; to what is confirmed now the terms of the contract “Gold 2027” apply.',
      ],
    ],
  ])('is said in words: %o', (standing, termsOf, sentences) => {
    expect(contractSentences(contract, standing, termsOf)).toEqual(sentences)
  })
})

test.each([
  [contract.subject, 'Harbour Mills'],
  [{ kind: 'plan', name: 'Gold' } as const, 'everybody on the plan Gold'],
  [{ kind: 'product', name: 'Payouts' } as const, 'everybody who uses Payouts'],
])('a page is for its subject: %o', (subject, words) => {
  expect(subjectWords(subject)).toBe(words)
})
