import { dateWords, instantWords, localDateWords } from '../../lib/date-words.ts'
import type { Instant } from '../../lib/instant.ts'
import type { GoalName } from './engine/goal-terms.ts'
import { goalTitle } from './promise-sentence.ts'
import type { DefectChange } from './promises.ts'
import { deadlineWords, inSentence } from './words.ts'

/**
 * What moved a clock or a deadline, as a sentence that ends with its public reason: "Severity raised from high to
 * critical because it got worse: …". When it was is for the surroundings to say. Plain text, nothing relative to now.
 */
export function changeWords(change: DefectChange): string {
  switch (change.kind) {
    case 'severity':
      return withReason(severityWords(change), change.reason)
    case 'withdrawn':
      return withReason(withdrawnWords(change), change.reason)
    case 'deferred': {
      const until = change.untilOn === null ? '' : ` to ${localDateWords(change.untilOn, { year: true })}`
      return withReason(`Deferred${until}, as told to the customer`, change.reason)
    }
    case 'paused':
      return withReason(`${clocksOf(change.goals)} paused`, change.reason)
    case 'resumed':
      return withReason(
        `${clocksOf(change.goals)} ${change.goals.length === 1 ? 'goes' : 'go'} on`,
        change.reason,
      )
    case 'replanned':
      return withReason('Open deadlines are counted by the changed calendar', change.reason)
    case 'release_replanned':
      return withReason(releaseWords(change), change.reason)
    case 'release_recorded_late': {
      const out = `${releaseTitle(change.name)} came out on ${instantWords(change.publishedAt, change.timeZone)}`
      const so = change.isJudge
        ? 'as was entered only later'
        : 'before the promise began, so it waits for the one after it'
      return withReason(`${out}, ${so}`, change.reason)
    }
    case 'deadline_moved': {
      const [before, after] = [change.before, change.after].map((at) => deadlineWords(change.timeZone, at))
      const moved = `The deadline of the ${goalNoun(change.goal)} moved from ${before} to ${after}`
      return `${moved}, because the rules of the time zone changed (time-zone database ${change.database}).`
    }
  }
}

/** What of it staff have written: its public reason on one line; nothing where none was given. */
export function writtenReason(change: DefectChange): string {
  return 'reason' in change ? oneLine(change.reason) : ''
}

/** "response", "workaround", "permanent fix": a goal inside a sentence. */
export function goalNoun(goal: GoalName): string {
  return goalTitle(goal).toLowerCase()
}

function withdrawnWords({
  what,
  doneAt,
  instead,
  timeZone,
}: Extract<DefectChange, { kind: 'withdrawn' }>): string {
  const withdrawn = `The ${DONE[what]} of ${instantWords(doneAt, timeZone)} did not hold`
  if (instead === null) return `${withdrawn}; its clock goes on as if it had never stopped`
  const earlier = instead.at < doneAt ? 'earlier ' : ''
  return `${withdrawn}; the ${earlier}${DONE[instead.what]} of ${instantWords(instead.at, timeZone)} counts`
}

const DONE = { responded: 'response', workaround: 'workaround', fixed: 'fix', update: 'update' } as const

function severityWords({ before, after, change }: Extract<DefectChange, { kind: 'severity' }>): string {
  if (change === 'lowered') return `Severity lowered from ${before} to ${after}`
  const why = change === 'worsened' ? 'it got worse' : 'it had been judged too low'
  return `Severity raised from ${before} to ${after} because ${why}`
}

function clocksOf(goals: readonly GoalName[]): string {
  const named = goals.map((goal) => `the ${goalNoun(goal)}`)
  return `${goals.length === 1 ? 'Clock' : 'Clocks'} of ${inSentence(named)}`
}

/** "Release 26.48" for a release at the beginning of a sentence; some say what they are in their name. */
export function releaseTitle(name: string): string {
  return /^release\b/i.test(name) ? name : `Release ${name}`
}

function releaseWords({
  name,
  before,
  after,
  timeZone,
}: Extract<DefectChange, { kind: 'release_replanned' }>): string {
  const release = releaseTitle(name)
  if (before === null || after === null) {
    const planned = planWords(after ?? before, timeZone)
    return after === null
      ? `${release}, planned for ${planned}, has no planned date any more`
      : `${release} is now planned for ${planned}`
  }
  const days = [after, before].map((at) => planWords(at, timeZone))
  // Moved within a day, only the time tells the two apart.
  const [now, then] = days[0] === days[1] ? [after, before].map((at) => instantWords(at, timeZone)) : days
  return `${release} is planned for ${now} instead of ${then}`
}

/** With the year, because plans reach over its end. */
function planWords(at: Instant | null, timeZone: string): string {
  return at === null ? '' : dateWords(at, timeZone, { year: true })
}

/** The reason on one line and with a full stop, as staff may have left either out. */
function withReason(words: string, reason: string | null): string {
  const told = oneLine(reason)
  if (told === '') return `${words}.`
  return /[.!?…][)\]"'”’»]*$/.test(told) ? `${words}: ${told}` : `${words}: ${told}.`
}

function oneLine(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ').trim()
}
