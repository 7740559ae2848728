import type { DefectStep } from '../../domain/console/defect-steps.ts'

/** What a step is called, on the list of what can be done and on its own page. */
export interface StepWords {
  /** What the link to it says. */
  label: string
  /** What it comes to, in a sentence. */
  hint: string
  button: string
  /** For what nobody does by the way. */
  isDanger?: boolean
}

export const STEP_WORDS: Record<DefectStep, StepWords> = {
  confirm: {
    label: 'Confirm',
    hint: 'Starts the clocks and pins the terms that are in force. It is not taken back.',
    button: 'Confirm the defect',
  },
  resume: {
    label: 'Let the clock go on',
    hint: 'Ends the pause; the deadlines move by the working time inside it.',
    button: 'Let the clock go on',
  },
  respond: {
    label: 'Record a response',
    hint: 'Updates of a linked incident count by themselves. This is for an answer that was given elsewhere.',
    button: 'Record the response',
  },
  workaround: {
    label: 'Record a workaround',
    hint: 'An acceptable solution to the problem that was reported. It is the response as well; the fix goes on.',
    button: 'Record the workaround',
  },
  fix: {
    label: 'Record the fix',
    hint: 'The fix is out. It meets what is still open of response and workaround too.',
    button: 'Record the fix',
  },
  severity: {
    label: 'Change the severity',
    hint: 'Moves deadlines by rule, for a reason that the page shows. What was missed stays missed.',
    button: 'Change the severity',
  },
  defer: {
    label: 'Defer',
    hint: 'What is open is put off and counted apart, never as met. It needs the message that the customer was given.',
    button: 'Defer what is open',
  },
  pause: {
    label: 'Pause the clock',
    hint: 'The contract lets the clock rest while it waits for the customer.',
    button: 'Pause the clock',
  },
  replan: {
    label: 'Count by the newer calendar',
    hint: 'Its calendar has a newer version. What is open counts by it from the start, for a reason that the page shows.',
    button: 'Count by the newer calendar',
  },
  correct: {
    label: 'Correct',
    hint: 'Its title; until it is confirmed also how bad it is and whom it concerns.',
    button: 'Save the correction',
  },
  publish: {
    label: 'Show it to everybody',
    hint: 'The defect, its promises and its story stand on the page and in the feeds of promises.',
    button: 'Show it to everybody',
  },
  hide: {
    label: 'Take it off the page',
    hint: 'Only staff see it from then on. What was at risk or judged in public stays public.',
    button: 'Take it off the page',
    isDanger: true,
  },
  withdraw: {
    label: 'Withdraw what did not hold',
    hint: 'Its clocks go on as if they had never stopped; the withdrawn verdict stays in the story.',
    button: 'Withdraw it',
    isDanger: true,
  },
}

/** What stands by itself, below all others. */
export function isSeldom(step: DefectStep): boolean {
  return step === 'correct' || step === 'publish' || STEP_WORDS[step].isDanger === true
}
