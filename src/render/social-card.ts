import type { ComponentStatus } from '../domain/components/component-status.ts'
import { statusWord } from '../domain/components/status-words.ts'
import { isOpen } from '../domain/sla/engine/goal-state.ts'
import { goalTitle, outcomeWords, promiseSentence } from '../domain/sla/promise-sentence.ts'
import type { DefectPromises, GoalPromise } from '../domain/sla/promises.ts'
import { promiseWords } from '../domain/sla/words.ts'
import { capital, impactStatus, updateStatusWord } from '../domain/status-page/update-words.ts'
import type { Headline, IncidentView, MaintenanceView, PageView } from '../domain/status-page/views.ts'
import { clockWords, dateWords, instantWords, zoneWord } from '../lib/date-words.ts'
import { DAY_MS, type Instant } from '../lib/instant.ts'

/** What a social image says, in words: everything that is drawn and nothing else. */
export interface SocialCard {
  pageName: string
  host: string
  /** Chooses shape and colour; `open` and `no_promise` are the neutral ones. */
  mark: ComponentStatus | 'open' | 'no_promise'
  /** The state as a word. */
  state: string
  sentence: string
  /** Said instead when the sentence is in letters that cannot be drawn. */
  plainSentence: string
  /** The nearest promise, or when a maintenance takes place. */
  footer: { mark: 'open' | 'met' | 'missed' | 'deferred'; sentence: string } | null
}

export function pageCard(page: PageView, headline: Headline): SocialCard {
  const { status, sentence, nearestPromise } = headline
  return {
    ...heading(page),
    mark: status === 'no_data' ? 'no_promise' : status,
    state: status === 'no_data' ? 'New page' : capital(statusWord(status)),
    sentence,
    plainSentence: status === 'operational' ? 'All systems are working.' : 'Not everything is working.',
    footer: nearestPromise && { mark: 'open', sentence: nearestPromise.sentence },
  }
}

export function incidentCard(page: PageView, view: IncidentView): SocialCard {
  return {
    ...heading(page),
    mark: incidentMark(view),
    state: updateStatusWord(view.incident.status),
    sentence: view.incident.name,
    plainSentence: view.incident.resolvedAt === null ? 'An incident is open.' : 'An incident is over.',
    footer: incidentPromise(view.defects),
  }
}

function incidentMark({ incident, impact }: IncidentView): SocialCard['mark'] {
  if (incident.status === 'resolved') return 'operational'
  return impact === 'none' ? 'open' : impactStatus(impact)
}

/** The open promise that comes first; when none is open, the last one missed, deferred or met, in this order. */
function incidentPromise(defects: readonly DefectPromises[]): SocialCard['footer'] {
  const goals = defects.flatMap((defect) => defect.goals)
  const dueAt = ({ state }: GoalPromise) => state.deadlineAt ?? Number.POSITIVE_INFINITY
  const [nearest] = goals
    .filter(({ state }) => isOpen(state.verdict))
    .sort((one, other) => dueAt(one) - dueAt(other))
  if (nearest) return { mark: 'open', sentence: promiseSentence(nearest) }
  for (const mark of ['missed', 'deferred', 'met'] as const) {
    const last = goals.findLast(({ state }) => state.verdict === mark)
    if (!last) continue
    const outcome = `${goalTitle(last.goal)} ${outcomeWords(last)}`
    return { mark, sentence: `${outcome}; promised ${promiseWords(last.term)}.` }
  }
  return null
}

export function maintenanceCard(page: PageView, { maintenance }: MaintenanceView): SocialCard {
  const { status, name, scheduledFor, scheduledUntil } = maintenance
  return {
    ...heading(page),
    mark: MAINTENANCE_MARKS[status],
    state: `Maintenance ${updateStatusWord(status).toLowerCase()}`,
    sentence: name,
    plainSentence: 'Planned maintenance.',
    footer: { mark: 'open', sentence: spanWords(scheduledFor, scheduledUntil, page.timeZone) },
  }
}

const MAINTENANCE_MARKS = {
  scheduled: 'under_maintenance',
  in_progress: 'under_maintenance',
  verifying: 'under_maintenance',
  completed: 'operational',
  cancelled: 'no_promise',
} as const satisfies Record<MaintenanceView['maintenance']['status'], SocialCard['mark']>

/** "Saturday 14 November, 02:00–04:00 IST", or both instants in full where days or zone names differ. */
function spanWords(from: Instant, until: Instant, zone: string): string {
  const sameDay = dateWords(from, zone) === dateWords(until, zone) && until - from < DAY_MS
  if (!sameDay || zoneWord(from, zone) !== zoneWord(until, zone)) {
    return `${instantWords(from, zone)} to ${instantWords(until, zone)}`
  }
  return `${dateWords(from, zone)}, ${clockWords(from, zone)}–${clockWords(until, zone)} ${zoneWord(from, zone)}`
}

function heading(page: PageView): Pick<SocialCard, 'pageName' | 'host'> {
  return { pageName: page.name, host: new URL(page.url).host }
}
