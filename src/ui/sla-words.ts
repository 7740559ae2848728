import { goalTitle } from '../domain/sla/promise-sentence.ts'
import type { WorkedExample } from '../domain/sla/terms/worked-example.ts'
import { deadlineWords, excludedWords, promiseWords } from '../domain/sla/words.ts'
import type { SlaView } from '../domain/status-page/sla-views.ts'
import { localDateWords } from '../lib/date-words.ts'
import { entryDue } from './entry-words.ts'

/** The state of all promises in one sentence or two: what is late, what is open, what falls due next. */
export function openHeading({ open, overdue }: Pick<SlaView, 'open' | 'overdue'>): string {
  const late = overdue.length === 0 ? '' : `${counted(overdue.length)} late and not done.`
  if (open.length === 0) return late || 'No promise is open.'
  const [next] = open
  const sentence = `${counted(open.length)} open.`
  if (late !== '') return `${late} ${sentence}`
  return next?.goal.state.deadlineAt == null ? sentence : `${sentence} The next is due ${entryDue(next)}.`
}

/** Which terms stand in the table: "Standard terms, version 2, in force since Sunday 1 November 2026". */
export function termsCaption({ contract, policy }: Pick<SlaView, 'contract' | 'policy'>): string {
  return [
    ...(contract ? [contract.name] : []),
    `${policy.name}, version ${policy.version}`,
    // A first version holds for everything before the second; its own first day says nothing.
    ...(policy.version > 1 ? [`in force since ${localDateWords(policy.validFromOn, { year: true })}`] : []),
  ].join(', ')
}

/** What starts the clocks, in the word that follows "when a defect is". */
export function startWord({ contract }: Pick<SlaView, 'contract'>): 'confirmed' | 'reported' {
  return contract?.clockStarts === 'report' ? 'reported' : 'confirmed'
}

/** The worked example as a sentence and the steps of the count. */
export function exampleLines(
  example: WorkedExample,
  { contract, calendar }: Pick<SlaView, 'contract' | 'calendar'>,
): { sentence: string; steps: { term: string; words: string }[] } {
  const { timeZone } = calendar
  const { severity, goal, window, startAt, clockStartsAt, excluded, deadlineAt } = example
  const word = startWord({ contract })
  const leftOut = excludedWords(calendar, excluded)
  return {
    sentence: `A ${severity} defect is ${word} on a Friday night. Its ${goalTitle(goal).toLowerCase()} is promised ${promiseWords(window)}.`,
    steps: [
      { term: word === 'reported' ? 'Reported' : 'Confirmed', words: deadlineWords(timeZone, startAt) },
      ...(clockStartsAt > startAt
        ? [{ term: 'Clock runs from', words: deadlineWords(timeZone, clockStartsAt) }]
        : []),
      ...(leftOut === '' ? [] : [{ term: 'In between', words: leftOut }]),
      { term: 'Deadline', words: deadlineWords(timeZone, deadlineAt) },
    ],
  }
}

function counted(promises: number): string {
  return promises === 1 ? '1 promise is' : `${promises} promises are`
}
