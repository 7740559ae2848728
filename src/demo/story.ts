import { COMPONENT_STATUSES, type ComponentStatus } from '../domain/components/component-status.ts'
import type { Severity } from '../domain/defects/defect.ts'
import { INCIDENT_STATUSES, type IncidentImpact, type IncidentStatus } from '../domain/incidents/incident.ts'
import type { ToldUpdate } from './incident-acts.ts'

/** An incident that could happen on any day; `{places}` in its texts are filled in when it does. */
export interface Story {
  name: string
  /** What its first update does to components. */
  on: Record<string, ComponentStatus>
  updates: ToldUpdate[]
  impact?: IncidentImpact
  defect?: { key: string; title: string; severity: Severity }
}

/**
 * Reads a story told as lines: a state, the minutes since the beginning, perhaps `[component status, …]`, and the
 * text. A line that does not begin with a state goes on with the text; an empty one begins a paragraph.
 *
 *     investigating 0   Some card payments fail.
 *     resolved     45   [checkout operational] Payments work again.
 */
export function story(
  name: string,
  on: Story['on'],
  lines: string,
  more: Pick<Story, 'impact' | 'defect'> = {},
): Story {
  const updates: ToldUpdate[] = []
  for (const line of lines
    .trim()
    .split('\n')
    .map((raw) => raw.trim())) {
    const begun = readUpdate(line)
    const last = updates.at(-1)
    if (begun) updates.push(begun)
    else if (last) last.text += line === '' ? '\n\n' : last.text.endsWith('\n') ? line : ` ${line}`
  }
  return { name, on, updates, ...more }
}

const UPDATE = /^(\w+) +(\d+) +(?:\[(.*?)\] *)?(.+)$/

function readUpdate(line: string): ToldUpdate | undefined {
  const [, status, after, changes, text] = UPDATE.exec(line) ?? []
  if (!isIncidentStatus(status) || after === undefined || text === undefined) return undefined
  return { status, after: Number(after), text, ...(changes && { components: readChanges(changes) }) }
}

function readChanges(text: string): Record<string, ComponentStatus> {
  return Object.fromEntries(
    text.split(',').map((change) => {
      const [component = '', status] = change.trim().split(' ')
      if (!isComponentStatus(status)) throw new Error(`“${change}” is not a component and a status.`)
      return [component, status]
    }),
  )
}

function isIncidentStatus(text: string | undefined): text is IncidentStatus {
  return INCIDENT_STATUSES.some((status) => status === text)
}

function isComponentStatus(text: string | undefined): text is ComponentStatus {
  return COMPONENT_STATUSES.some((status) => status === text)
}
