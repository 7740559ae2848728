import { goalTitle } from '../domain/sla/promise-sentence.ts'
import type { ContractPageView } from '../domain/status-page/read-contract-page.ts'
import { localDateWords } from '../lib/date-words.ts'

/** Whose terms a private page tells, as sentences: whom it is for, whether the contract holds, what applies if not. */
export function contractSentences({
  contract,
  standing,
  termsOf,
}: Pick<ContractPageView, 'contract' | 'standing' | 'termsOf'>): string[] {
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

/** What a contract says of its clocks besides the table: what starts them, and whether they may be paused. */
export function clockSentences(contract: ContractPageView['termsOf']): string[] {
  const pausable = contract?.pausableGoals ?? []
  const goals = pausable.map((goal) => `the ${goalTitle(goal).toLowerCase()}`)
  return [
    contract?.clockStarts === 'report'
      ? 'The clocks of a confirmed defect count from its report.'
      : 'The clocks of a defect count from its confirmation.',
    ...(pausable.length === 0
      ? []
      : [
          `${pausable.length === 1 ? 'The clock' : 'The clocks'} of ${new Intl.ListFormat('en-GB').format(goals)} may be paused while we wait for you; each pause stands beside the promise with its reason.`,
        ]),
  ]
}

/** For whom the page is: "Harbour Mills", "everybody on the plan Gold", "everybody who uses Payouts". */
export function subjectWords({ kind, name }: ContractPageView['contract']['subject']): string {
  if (kind === 'customer') return name
  return kind === 'plan' ? `everybody on the plan ${name}` : `everybody who uses ${name}`
}
