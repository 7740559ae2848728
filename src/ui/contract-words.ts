import type { ContractStanding } from '../domain/sla/terms/contract-standing.ts'
import type { Contract } from '../domain/sla/terms/contracts.ts'
import { localDateWords } from '../lib/date-words.ts'

/**
 * How a contract stands, as sentences: until when it holds, or since when not and whose terms apply instead; `termsOf`
 * is the contract whose they are, null for the standard terms.
 */
export function contractSentences(
  contract: Contract,
  standing: ContractStanding,
  termsOf: Contract | null,
): string[] {
  const day = (date: string) => localDateWords(date, { year: true })
  const whose =
    termsOf === null ? 'the standard terms apply' : `the terms of the contract “${termsOf.name}” apply`
  switch (standing.kind) {
    case 'in_force':
      return [
        standing.lastDay === null
          ? `The contract “${contract.name}” is in force.`
          : `The contract “${contract.name}” holds until the end of ${day(standing.lastDay)}.`,
      ]
    case 'to_begin':
      return [`The contract “${contract.name}” begins on ${day(standing.firstDay)}. Until then ${whose}.`]
    case 'called_off':
      return [`The contract “${contract.name}” was called off before it began; ${whose}.`]
    case 'ended':
      return [
        `The contract “${contract.name}” ended on ${day(standing.lastDay)}.`,
        `What was confirmed under it keeps its terms; to what is confirmed now ${whose}.`,
      ]
  }
}

/** For whom the page is: "Harbour Mills", "everybody on the plan Gold", "everybody who uses Payouts". */
export function subjectWords({ kind, name }: Contract['subject']): string {
  if (kind === 'customer') return name
  return kind === 'plan' ? `everybody on the plan ${name}` : `everybody who uses ${name}`
}
