import { z } from '@hono/zod-openapi'
import { COMPONENT_STATUSES } from '../../domain/components/component-status.ts'
import { changeSentence, statusWord } from '../../domain/components/status-words.ts'
import { SEVERITIES } from '../../domain/defects/defect.ts'
import { VERDICTS } from '../../domain/sla/engine/goal-state.ts'
import { GOALS } from '../../domain/sla/engine/goal-terms.ts'
import { goalTitle, promiseSentence } from '../../domain/sla/promise-sentence.ts'
import type { GoalPromise } from '../../domain/sla/promises.ts'
import {
  type ComponentConsequence,
  type Consequences,
  consequencesOf,
} from '../../domain/status-page/consequences/consequences.ts'
import { PROMISE_EFFECTS } from '../../domain/status-page/consequences/promise-consequences.ts'
import type { Outlook } from '../../domain/status-page/consequences/read-outlook.ts'
import type { Touched } from '../../domain/status-page/consequences/touched.ts'
import { INDICATORS, rollUp } from '../../domain/status-page/roll-up.ts'
import { changedCalendars } from '../../render/calendar-changes.ts'
import { type FeedChange, type FeedChanges, feedChanges } from '../../render/feed-changes.ts'
import { InstantOut, isoOrNull } from '../input.ts'

const HeadlineJson = z.object({
  sentence: z.string(),
  status: z.enum([...COMPONENT_STATUSES, 'no_data']).openapi({ description: 'Colours the mark beside it.' }),
  status_words: z.string(),
  nearest_promise: z.string().nullable(),
  indicator: z.enum(INDICATORS).openapi({ description: 'As `/api/v2/status.json` has it, for programs.' }),
  description: z.string(),
})

const PromiseStateJson = z
  .object({
    verdict: z.enum(VERDICTS),
    deadline_at: InstantOut.nullable(),
    completed_at: InstantOut.nullable(),
    sentence: z.string(),
  })
  .nullable()

export const ConsequencesJson = z
  .object({
    headline: z.object({ before: HeadlineJson, after: HeadlineJson }),
    components: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          before: z.enum(COMPONENT_STATUSES).nullable(),
          after: z.enum(COMPONENT_STATUSES).nullable(),
          sentence: z.string(),
        }),
      )
      .openapi({ description: 'Those whose state changes; null where the page does not have one.' }),
    promises: z
      .array(
        z.object({
          defect: z.object({
            id: z.string(),
            key: z.string(),
            title: z.string(),
            severity: z.enum(SEVERITIES),
            public: z.boolean().openapi({ description: 'Whether everybody sees it and its promises.' }),
          }),
          goal: z.enum(GOALS),
          title: z.string(),
          effect: z.enum(PROMISE_EFFECTS),
          before: PromiseStateJson,
          after: PromiseStateJson,
          sentence: z.string(),
        }),
      )
      .openapi({
        description: 'All of the defects that this tells of or is linked to; of others, those that move.',
      }),
    changes: z.array(z.string()).openapi({ description: 'What else is on record from then on.' }),
    feed_entries: z
      .array(
        z.object({
          feed: z.enum(['history', 'updates']),
          effect: z.enum(['new', 'rewritten']),
          title: z.string(),
          html: z.string(),
          url: z.string().nullable().openapi({ description: 'Null for what has no address yet.' }),
        }),
      )
      .openapi({ description: 'What feed readers get, as they get it.' }),
    audience: z.object({
      deliver_notifications: z
        .boolean()
        .nullable()
        .openapi({ description: 'Of the update that is posted or edited; null when none is.' }),
      feeds: z.array(z.string()).openapi({ description: 'Paths of the feeds that have something new.' }),
      calendars: z
        .array(z.string())
        .openapi({ description: 'Paths of the calendars that have something new.' }),
    }),
    recorded: z.array(z.string()).openapi({ description: 'The types of events in the audit log.' }),
  })
  .openapi('Consequences')

/** What a write would come to, as the API says it. */
export type ConsequencesDocument = z.output<typeof ConsequencesJson>

/** How things are and would be, and what the write has touched. */
export interface Previewed {
  written: Touched
  before: Outlook
  after: Outlook
}

/** What a write would come to, from how things would be and how they are. */
export function consequencesJson({ written, before, after }: Previewed): z.input<typeof ConsequencesJson> {
  const consequences = consequencesOf(before, after)
  const feeds = feedChanges(before, after)
  return {
    headline: {
      before: headlineJson(before),
      after: headlineJson(after),
    },
    components: consequences.components.map((one) => ({ ...one, sentence: componentSentence(one) })),
    promises: consequences.promises.map(promiseJson),
    changes: consequences.changes,
    feed_entries: [
      ...feeds.updates.map((change) => entryJson('updates', change)),
      ...feeds.history.map((change) => entryJson('history', change)),
    ],
    audience: {
      deliver_notifications: consequences.deliverNotifications ?? written.tellsOfEdit,
      feeds: feedPaths(feeds),
      calendars: changedCalendars(before, after),
    },
    recorded: written.events,
  }
}

function headlineJson({ headline, components }: Outlook): z.input<typeof HeadlineJson> {
  const { sentence, status, nearestPromise } = headline
  const { indicator, description } = rollUp(components.map((component) => component.status))
  return {
    sentence,
    status,
    status_words: statusWord(status),
    nearest_promise: nearestPromise?.sentence ?? null,
    indicator,
    description,
  }
}

function componentSentence({ name, before, after }: ComponentConsequence): string {
  if (after === null) return `${name} leaves the page.`
  if (before === null) return `${name} comes to the page: ${statusWord(after)}`
  return changeSentence({ name, oldStatus: before, newStatus: after })
}

function promiseJson({
  defect,
  isPublic,
  effect,
  before,
  after,
  sentence,
}: Consequences['promises'][number]) {
  const { id, key, title, severity } = defect
  return {
    defect: { id, key, title, severity, public: isPublic },
    goal: after.goal,
    title: goalTitle(after.goal),
    effect,
    before: before && promiseStateJson(before),
    after: promiseStateJson(after),
    sentence,
  }
}

function promiseStateJson(promise: GoalPromise): z.input<typeof PromiseStateJson> {
  const { verdict, deadlineAt, completedAt } = promise.state
  return {
    verdict,
    deadline_at: isoOrNull(deadlineAt),
    completed_at: isoOrNull(completedAt),
    sentence: promiseSentence(promise),
  }
}

/** An address that a preview has made up is not the one that the real thing gets. */
function entryJson(feed: 'history' | 'updates', { effect, item: { title, html, url } }: FeedChange) {
  return { feed, effect, title, html, url: effect === 'new' ? null : url }
}

function feedPaths({ history, updates, componentIds }: FeedChanges): string[] {
  const histories = [
    ...(history.length > 0 ? ['/history'] : []),
    ...componentIds.map((id) => `/components/${id}/history`),
  ]
  return [
    ...(updates.length > 0 ? ['/updates.rss', '/updates.atom', '/feed.json'] : []),
    ...histories.flatMap((path) => [`${path}.rss`, `${path}.atom`]),
  ]
}
