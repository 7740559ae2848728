import { instantWords } from '../../lib/date-words.ts'
import type { DefectEventType } from '../defects/defect-events.ts'
import type { Incident } from '../incidents/incident.ts'
import { changeWords, writtenReason } from '../sla/change-words.ts'
import { goalState } from '../sla/engine/goal-state.ts'
import type { DefectChange, DefectPromises } from '../sla/promises.ts'
import type { StoryEntry } from './defect-views.ts'
import { completionEntries } from './story-completions.ts'
import { type StorySources, writtenLater } from './story-sources.ts'
import { missedEntries, supersededEntries } from './story-verdicts.ts'

/**
 * Everything that happened to a defect and to its promises, newest first. Each entry stays as it is when time passes;
 * only what happens adds another.
 */
export function defectStory(sources: StorySources): StoryEntry[] {
  // Of one instant: in the order in which one thing leads to the next.
  const entries = [
    reportedEntry(sources),
    ...sources.incidents.flatMap(incidentEntries),
    ...confirmedEntries(sources),
    ...completionEntries(sources),
    ...missedEntries(sources),
    ...sources.promises.changes.map((change) => changeEntry(change, sources)),
    ...supersededEntries(sources),
  ]
  return entries
    .filter(({ at }) => at <= sources.now)
    .sort((a, b) => a.at - b.at)
    .reverse()
}

function reportedEntry({ promises }: StorySources): StoryEntry {
  const { reportedAt, createdAt } = promises.defect
  return {
    at: reportedAt,
    kind: 'reported',
    words: startedWithReport(promises)
      ? 'Reported; the clocks start with it.'
      : 'Reported; no deadline is set until it is confirmed.',
    note: null,
    link: null,
    recordedAt: writtenLater(reportedAt, createdAt),
  }
}

function incidentEntries({ id, name, startedAt, resolvedAt }: Incident): StoryEntry[] {
  const about = { note: null, link: { path: `/incidents/${id}`, words: name }, recordedAt: null }
  const opened: StoryEntry = { at: startedAt, kind: 'incident_opened', words: 'Incident opened.', ...about }
  if (resolvedAt === null) return [opened]
  return [opened, { at: resolvedAt, kind: 'incident_resolved', words: 'Incident resolved.', ...about }]
}

function confirmedEntries({ promises }: StorySources): StoryEntry[] {
  const { defect, terms, pinnedAt, changes } = promises
  const { confirmedAt } = defect
  if (terms === null || confirmedAt === null || pinnedAt === null) return []
  const { contract, policy, calendar } = terms
  const severity = changes.find((change) => change.kind === 'severity')?.before ?? defect.severity
  const inForce = [
    ...(contract === null ? [] : [`the contract “${contract.name}”, version ${contract.version}`]),
    `the terms “${policy.name}”, version ${policy.version}`,
    `the calendar “${calendar.name}”, version ${calendar.version}`,
  ]
  return [
    {
      at: confirmedAt,
      kind: 'confirmed',
      words: `Confirmed as ${severity}; ${clockWords(promises, calendar.timeZone)}. In force: ${inForce.join('; ')}.`,
      note: null,
      link: null,
      recordedAt: writtenLater(confirmedAt, pinnedAt),
    },
  ]
}

/** As some contracts have it. */
function startedWithReport({ defect, startAt }: DefectPromises): boolean {
  return startAt !== null && startAt < (defect.confirmedAt ?? startAt)
}

function clockWords(promises: DefectPromises, timeZone: string): string {
  if (startedWithReport(promises)) return 'the clocks had started with the report'
  const { startAt, goals } = promises
  // By the terms of then: a re-plan or another severity may have moved it.
  const first = goals.map(({ input }) => goalState({ ...input, steps: input.steps.slice(0, 1) }))
  const started = Math.max(...first.map(({ clockStartsAt }) => clockStartsAt ?? Number.NEGATIVE_INFINITY))
  return startAt === null || started <= startAt
    ? 'the clocks start'
    : `the clocks start ${instantWords(started, timeZone)}, with the next working time`
}

function changeEntry(change: DefectChange, { events }: StorySources): StoryEntry {
  const type = EVENT_TYPES[change.kind]
  const event = events.find((one) => one.type === type && one.at === change.at)
  return {
    at: change.at,
    kind: change.kind,
    words: changeWords(change),
    authored: writtenReason(change),
    note: null,
    link: null,
    recordedAt: writtenLater(change.at, event?.createdAt),
  }
}

/** The events that changes come from. */
const EVENT_TYPES: Partial<Record<DefectChange['kind'], DefectEventType>> = {
  severity: 'severity_changed',
  withdrawn: 'withdrawn',
  deferred: 'deferred',
  paused: 'paused',
  resumed: 'resumed',
  replanned: 'replanned',
}
