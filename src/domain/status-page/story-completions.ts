import { type Completion, type CompletionEvent, isCompletion } from '../defects/defect-events.ts'
import type { ProductRelease } from '../defects/releases.ts'
import { goalNoun, releaseTitle } from '../sla/change-words.ts'
import { completionsOf } from '../sla/course/defect-course.ts'
import { completionBehind, GOAL_OF, SATISFYING } from '../sla/course/evidence.ts'
import type { GoalName } from '../sla/engine/goal-terms.ts'
import { outcomeWords } from '../sla/promise-sentence.ts'
import type { GoalPromise } from '../sla/promises.ts'
import type { StoryEntry } from './defect-views.ts'
import { type StorySources, writtenLater } from './story-sources.ts'

/** Everything that was done about a defect, what was withdrawn later too, with the verdicts that it brought. */
export function completionEntries(sources: StorySources): StoryEntry[] {
  const holding = new Set(completionsOf(sources.events).map(({ id }) => id))
  return [
    ...responseByUpdate(sources),
    ...sources.events.filter(isCompletion).map((event) => {
      const brought = holding.has(event.id) ? verdictsBy(event, sources) : withdrawnVerdicts(event, sources)
      return completionEntry(event, brought, sources)
    }),
  ]
}

/** A goal and what a completion did to its promise, in words. */
interface Brought {
  goal: GoalName
  words: string
}

const DONE = {
  responded: 'Response given',
  workaround: 'Workaround available',
  fixed: 'Fix published',
} as const satisfies Record<Completion, string>

function completionEntry(event: CompletionEvent, brought: Brought[], sources: StorySources): StoryEntry {
  const release = sources.releases.find(({ id }) => id === event.releaseId)
  const done = `${DONE[event.type]}${release ? ` in ${releaseName(release)}` : ''}`
  const update = sources.updates.find(({ id }) => id === event.incidentUpdateId)
  return {
    at: event.at,
    kind: event.type,
    words: sentence(done, GOAL_OF[event.type], brought),
    note: event.note,
    link: update?.subject.incidentId
      ? { path: `/incidents/${update.subject.incidentId}#update-${update.id}`, words: 'The update' }
      : null,
    recordedAt: writtenLater(event.at, event.createdAt),
  }
}

function releaseName({ kind, name }: ProductRelease): string {
  return kind === 'hotfix' ? `“${name}”` : releaseTitle(name).replace(/^R/, 'r')
}

/** "Workaround available: met after 2 h."; goals that it satisfied as the stronger event are named. */
function sentence(done: string, own: GoalName, brought: Brought[]): string {
  const parts = brought.map(({ goal, words }) => {
    return goal === own && brought.length === 1 ? words : `${goalNoun(goal)} ${words}`
  })
  return parts.length === 0 ? `${done}.` : `${done}: ${parts.join(', ')}.`
}

/** The verdicts that rest on an event. */
function verdictsBy(event: CompletionEvent, { promises, events }: StorySources): Brought[] {
  const completions = completionsOf(events)
  return promises.goals
    .filter((promise) => completionBehind(promise, completions)?.id === event.id)
    .flatMap(broughtBy)
}

function broughtBy(promise: GoalPromise): Brought[] {
  const { goal, state } = promise
  if (state.verdict === 'deferred') return [{ goal, words: 'stays deferred' }]
  if (state.verdict !== 'met' && state.verdict !== 'missed') return []
  return [{ goal, words: outcomeWords(promise) }]
}

/** What the record said of a completion until it was withdrawn. */
function withdrawnVerdicts(event: CompletionEvent, { verdicts }: StorySources): Brought[] {
  const recorded = verdicts.filter(
    ({ goal, verdict, completedAt }) =>
      completedAt === event.at &&
      (verdict === 'met' || verdict === 'missed') &&
      SATISFYING[goal].includes(event.type),
  )
  const own = { goal: GOAL_OF[event.type], words: 'withdrawn later' }
  if (recorded.length === 0) return [own]
  return recorded.map(({ goal, verdict }) => ({ goal, words: `recorded as ${verdict}, withdrawn later` }))
}

/** The update that was the response, where no event says that it was. */
function responseByUpdate({ promises, events }: StorySources): StoryEntry[] {
  const response = promises.goals.find(({ goal }) => goal === 'response')
  const { evidence } = response ?? {}
  if (!response || !evidence?.update) return []
  if (completionBehind(response, completionsOf(events))) return []
  const { incidentId, updateId, postedLater, linkedLater } = evidence.update
  return [
    {
      at: evidence.at,
      kind: 'responded',
      words: sentence(
        linkedLater ? 'Incident with an earlier update linked' : 'First update since the clock was started',
        'response',
        broughtBy(response),
      ),
      note: null,
      link: {
        path: `/incidents/${incidentId}#update-${updateId}`,
        words: postedLater ? 'The update, which shows an earlier time' : 'The update',
      },
      recordedAt: null,
    },
  ]
}
