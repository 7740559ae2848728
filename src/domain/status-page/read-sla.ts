import { SEVERITIES, type Severity } from '../defects/defect.ts'
import { listLinkedIncidentIds } from '../defects/links.ts'
import { listIncidentsById } from '../incidents/list-incidents.ts'
import { openGoalsOf } from '../sla/record/open-goals.ts'
import { type RecordEntry, recordOf } from '../sla/record/record.ts'
import type { Policy } from '../sla/terms/policies.ts'
import { workedExample } from '../sla/terms/worked-example.ts'
import { promiseWords } from '../sla/words.ts'
import type { Reader } from '../tx.ts'
import { readPageView } from './page-view.ts'
import { readMeasured } from './read-measured.ts'
import { readPromised } from './read-promised.ts'
import type { OpenEntry, SlaView } from './sla-views.ts'
import type { Viewpoint } from './viewpoint.ts'

/** What each severity means, in the words of the published terms. */
const EXAMPLES: Record<Severity, string> = {
  critical: 'the system is down',
  high: 'an entire module is affected',
  medium: 'a feature within a module is affected',
  low: 'annoyances',
}

/**
 * The terms in force, what is open, the record and the measured figures; undefined where no commitments are shown. For a
 * contract: its own terms, and its own defects beside those that everybody sees.
 */
export async function readSla(reader: Reader, viewpoint: Viewpoint): Promise<SlaView | undefined> {
  const promised = await readPromised(reader, viewpoint)
  if (promised === undefined) return undefined
  const { terms, promises, runningMonth } = promised
  const { open, overdue } = openGoalsOf(promises)
  const withIncidents = await readIncidentsBehind(reader, [...open, ...overdue])
  return {
    page: await readPageView(reader, viewpoint),
    contract: terms.contract,
    policy: terms.policy,
    calendar: terms.calendar,
    terms: termsInWords(terms.policy),
    example: workedExample(terms, viewpoint.now),
    open: open.map(withIncidents),
    overdue: overdue.map(withIncidents),
    record: recordOf(promises, runningMonth),
    measured: await readMeasured(reader, promised, viewpoint),
  }
}

/** The terms as a table in words. */
export function termsInWords(policy: Policy): SlaView['terms'] {
  return SEVERITIES.map((severity) => {
    const { response, workaround, fix } = policy.goals[severity]
    return {
      severity,
      example: EXAMPLES[severity],
      response: promiseWords(response),
      workaround: promiseWords(workaround),
      fix: promiseWords(fix),
    }
  })
}

/** What adds its incidents to each of these entries: two queries, however many they are. */
export async function readIncidentsBehind(
  reader: Reader,
  entries: RecordEntry[],
): Promise<(entry: RecordEntry) => OpenEntry> {
  const ids = await listLinkedIncidentIds(reader, [...new Set(entries.map(({ defect }) => defect.id))])
  const incidents = await listIncidentsById(reader, [...new Set([...ids.values()].flat())])
  return (entry) => ({
    ...entry,
    incidents: incidents
      .filter(({ id }) => ids.get(entry.defect.id)?.includes(id))
      .map(({ id, name }) => ({ id, name })),
  })
}
