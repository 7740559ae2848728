import type { SlaView } from '../domain/status-page/sla-views.ts'
import { startWord } from './sla-words.ts'

/**
 * What a word of the terms means where it could be read in more than one way, for whoever wants to hold somebody to
 * them: the rules of the engine, as far as these terms have use for them.
 */
export function countingSentences(view: Pick<SlaView, 'contract' | 'calendar' | 'policy'>): string[] {
  return [
    'A response is what a person first tells once the clock has started: an update of an incident behind the defect, by when it was really posted, or an answer on record. A workaround is an acceptable solution to the specific problem reported, and a response too. A fix is both; a workaround never stops the clock of the fix.',
    ['A promise is met when the work is done no later than its deadline.', ...daysSentences(view)].join(' '),
    ...releaseSentences(view),
    'When the severity of a defect changes, its page says why. What got worse is promised anew from that moment, and no deadline becomes a later one; what had been judged too low, or is lowered, counts from the start. What was missed stays missed.',
    ...pauseSentences(view),
  ]
}

function daysSentences({ policy, calendar }: Pick<SlaView, 'calendar' | 'policy'>): string[] {
  const hasWeeks = isPromisedIn(policy, 'weeks')
  if (!hasWeeks && !isPromisedIn(policy, 'bdays')) return []
  const days = calendar.weekdays.length
  return [
    'Business days are the days on which the clocks run. A promise in business days ends that many of them later, at the time of day at which its clock started; a clock that had to wait for its first day has until the end of the last.',
    ...(hasWeeks ? [`A week is ${days === 1 ? 'one business day' : `${days} business days`}.`] : []),
  ]
}

function releaseSentences({ policy, contract }: Pick<SlaView, 'contract' | 'policy'>): string[] {
  if (!isPromisedIn(policy, 'release')) return []
  return [
    `The next release is the first regular one, not a hotfix, that comes out after the defect is ${startWord({ contract })}; if its cut-off had passed by then, the one after it. The promise is met when the work is out no later than that release, and missed when the release comes without it. The date for which it is planned is no deadline.`,
  ]
}

function pauseSentences({ contract }: Pick<SlaView, 'contract'>): string[] {
  const pausable = contract?.pausableGoals ?? []
  if (pausable.length === 0) return []
  return [
    `While we wait for you, the clock of the ${pausable.join(' and of the ')} may be paused; the reason is shown, and the deadline moves by exactly the working time in the pause.`,
  ]
}

/** Whether anything is promised in a unit. */
function isPromisedIn({ goals }: SlaView['policy'], unit: 'bdays' | 'weeks' | 'release'): boolean {
  return Object.values(goals).some((of) => Object.values(of).some((term) => term !== null && unit in term))
}
