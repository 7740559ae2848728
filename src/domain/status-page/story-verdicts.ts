import { isCompletion } from '../defects/defect-events.ts'
import { goalNoun, releaseTitle } from '../sla/change-words.ts'
import { completionsOf } from '../sla/course/defect-course.ts'
import { SATISFYING } from '../sla/course/evidence.ts'
import { goalTitle } from '../sla/promise-sentence.ts'
import type { GoalPromise } from '../sla/promises.ts'
import type { VerdictRecord } from '../sla/record/verdicts.ts'
import { deadlineWords } from '../sla/words.ts'
import type { StoryEntry } from './defect-views.ts'
import { type StorySources, writtenLater } from './story-sources.ts'

/** Deadlines that passed, and releases that came out, without what was promised. */
export function missedEntries(sources: StorySources): StoryEntry[] {
  return sources.promises.goals.flatMap((promise) => {
    const { verdict, verdictAt, deadlineAt } = promise.state
    if (verdict !== 'missed' || verdictAt === null) return []
    const isByRelease = verdictAt !== deadlineAt
    return [
      {
        at: verdictAt,
        kind: isByRelease ? 'released' : 'missed',
        words: isByRelease ? releaseWords(promise, sources) : deadlinePassedWords(promise, sources),
        note: null,
        link: null,
        recordedAt: writtenLater(verdictAt, recordOf(promise, sources)?.recordedAt),
      },
    ]
  })
}

function releaseWords({ goal, state }: GoalPromise, { releases }: StorySources): string {
  const release = releases.find(
    ({ kind, publishedAt }) => kind === 'regular' && publishedAt === state.verdictAt,
  )
  if (!release) throw new Error(`A ${goalNoun(goal)} was missed by a release that is not there.`)
  return `${releaseTitle(release.name)} came out without the ${goalNoun(goal)}: missed.`
}

/** What was withdrawn afterwards was there, but did not hold. */
function deadlinePassedWords({ goal, state, calendar }: GoalPromise, { events }: StorySources): string {
  const { deadlineAt } = state
  if (deadlineAt === null) throw new Error('No deadline has passed.')
  const withdrawn = withdrawnOf(events).some(
    ({ type, at }) => SATISFYING[goal].some((it) => it === type) && at <= deadlineAt,
  )
  const deadline = `${goalNoun(goal)}, ${deadlineWords(calendar.timeZone, deadlineAt)}`
  return `The deadline of the ${deadline}, passed without one${withdrawn ? ' that holds' : ''}.`
}

function withdrawnOf(events: StorySources['events']): StorySources['events'] {
  const holding = new Set(completionsOf(events).map(({ id }) => id))
  return events.filter((event) => isCompletion(event) && !holding.has(event.id))
}

/** The record of the verdict in force. */
function recordOf({ goal, state }: GoalPromise, { verdicts }: StorySources): VerdictRecord | undefined {
  const last = verdicts.findLast((record) => record.goal === goal)
  return last?.verdict === state.verdict ? last : undefined
}

/**
 * Verdicts on record that came out otherwise when something was recorded late. What was withdrawn tells its own
 * verdict.
 */
export function supersededEntries({ promises, verdicts, events }: StorySources): StoryEntry[] {
  const withdrawnAt = new Set(withdrawnOf(events).map(({ at }) => at))
  return promises.goals.flatMap(({ goal }) => {
    const records = verdicts.filter((record) => record.goal === goal)
    return records.flatMap((record, index): StoryEntry[] => {
      const next = records[index + 1]?.verdict ?? 'withdrawn'
      const isTold = record.completedAt !== null && withdrawnAt.has(record.completedAt)
      if (isTold || next === 'withdrawn' || record.verdict === 'withdrawn') return []
      return [
        {
          at: record.recordedAt,
          kind: 'verdict_recorded',
          words: `${goalTitle(goal)} recorded as ${record.verdict}. What was recorded later made it ${next}.`,
          note: null,
          link: null,
          recordedAt: null,
        },
      ]
    })
  })
}
