import { listDefectsById } from '../../defects/defects.ts'
import { listIncidentsById } from '../../incidents/list-incidents.ts'
import { listMaintenancesById } from '../../maintenance/list-maintenances.ts'
import type { DefectPromises } from '../../sla/promises.ts'
import { readPromises } from '../../sla/read-promises.ts'
import { readRevisedGoals } from '../../sla/record/goal-revisions.ts'
import type { Reader } from '../../tx.ts'
import { type Audience, isShown, readAudience } from '../audience.ts'
import type { CalendarView, CommitmentCalendarView, FeedUpdatesView, FeedView } from '../feed-views.ts'
import { readIncidentViews } from '../incident-views.ts'
import { readMaintenanceViews } from '../maintenance-views.ts'
import { readCalendar } from '../read-calendar.ts'
import { readCommitments } from '../read-commitment-calendar.ts'
import { listFeedSubjects, readFeed } from '../read-feed.ts'
import { readFeedUpdates } from '../read-feed-updates.ts'
import { readPresent } from '../read-headline.ts'
import type { Viewpoint } from '../viewpoint.ts'
import type { ComponentBrief, Headline, IncidentView, MaintenanceView } from '../views.ts'
import type { Touched } from './touched.ts'

/** What everybody is told at one moment, as far as a write may change it; the same read models as the pages have. */
export interface Outlook {
  headline: Headline
  /** All of the page, in its order. */
  components: ComponentBrief[]
  defects: OutlookDefect[]
  /** Those that were touched, whether the feeds reach back so far or not. */
  incidents: IncidentView[]
  maintenances: MaintenanceView[]
  feed: FeedView
  updates: FeedUpdatesView
  calendar: CalendarView
  /** Only the goals of defects that were touched; null where the page shows no commitments. */
  commitments: CommitmentCalendarView | null
  /** Components in whose feeds something that was touched has an item although it is too old for that of the page. */
  olderFeedIds: string[]
}

/** A defect that was touched, public or not. */
export interface OutlookDefect {
  promises: DefectPromises
  /** Whether everybody sees it. */
  isPublic: boolean
  /** The write tells of it, or of an incident that it is linked to; otherwise it may only wait for the same release. */
  isTold: boolean
}

export async function readOutlook(reader: Reader, touched: Touched, viewpoint: Viewpoint): Promise<Outlook> {
  const audience = await readAudience(reader, viewpoint)
  const { headline, states } = await readPresent(reader, viewpoint)
  const defects = await readDefects(reader, touched, audience, viewpoint)
  const incidents = await listIncidentsById(reader, touched.incidentIds)
  const maintenances = await listMaintenancesById(reader, touched.maintenanceIds)
  const feed = await readFeed(reader, {}, viewpoint)
  if (feed === undefined) throw new Error('The page has no feed.')
  const outlook = {
    headline,
    components: states.map(({ component: { id, name }, status }) => ({ id, name, status })),
    defects,
    incidents: await readIncidentViews(reader, incidents, viewpoint),
    maintenances: await readMaintenanceViews(reader, maintenances),
    feed,
    updates: await readFeedUpdates(reader, viewpoint),
    calendar: await readCalendar(reader, viewpoint),
  }
  const shown = defects.filter(({ isPublic }) => isPublic).map(({ promises }) => promises)
  return {
    ...outlook,
    commitments: audience.seesCommitments
      ? {
          page: feed.page,
          commitments: await readCommitments(reader, await readRevisedGoals(reader, shown)),
        }
      : null,
    olderFeedIds: await listOlderFeedIds(reader, outlook),
  }
}

/** Statements take a bounded number of values. */
const DEFECTS_A_READ = 500

async function readDefects(
  reader: Reader,
  { defectIds, waitingIds }: Touched,
  audience: Audience,
  { now }: Viewpoint,
): Promise<OutlookDefect[]> {
  const told = new Set(defectIds)
  const ids = [...new Set([...defectIds, ...waitingIds])]
  const all: OutlookDefect[] = []
  for (let start = 0; start < ids.length; start += DEFECTS_A_READ) {
    const defects = await listDefectsById(reader, ids.slice(start, start + DEFECTS_A_READ))
    for (const promises of (await readPromises(reader, defects, now)).values()) {
      const { defect } = promises
      all.push({ promises, isPublic: isShown(audience, defect), isTold: told.has(defect.id) })
    }
  }
  return all
}

/** The page's feed has the latest of all components, so whatever is in it is in theirs. */
async function listOlderFeedIds(
  reader: Reader,
  { incidents, maintenances, feed }: Pick<Outlook, 'incidents' | 'maintenances' | 'feed'>,
): Promise<string[]> {
  const inFeed = new Set([
    ...feed.incidents.map(({ incident }) => incident.id),
    ...feed.maintenances.map(({ maintenance }) => maintenance.id),
  ])
  const older = [
    ...incidents.map(({ incident: { id }, components }) => ({ id, components })),
    ...maintenances.map(({ maintenance: { id }, components }) => ({ id, components })),
  ].filter(({ id }) => !inFeed.has(id))
  const ids = new Set(older.flatMap(({ components }) => components.map(({ id }) => id)))
  const found: string[] = []
  for (const componentId of ids) {
    const subjects = await listFeedSubjects(reader, { componentId })
    const inIt = new Set<string>([...subjects.incidents, ...subjects.maintenances].map(({ id }) => id))
    if (older.some(({ id }) => inIt.has(id))) found.push(componentId)
  }
  return found
}
