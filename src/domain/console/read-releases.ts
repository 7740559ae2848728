import { isId } from '../../lib/ids.ts'
import {
  listReleasePlans,
  listReleases,
  type ProductRelease,
  type ReleaseId,
  type ReleasePlan,
} from '../defects/releases.ts'
import { readVersions } from '../events/newest-event.ts'
import { waitsSince } from '../sla/course/defect-course.ts'
import { isOpen } from '../sla/engine/goal-state.ts'
import { isNextRelease } from '../sla/engine/goal-terms.ts'
import { nextRelease } from '../sla/engine/next-release.ts'
import type { DefectPromises } from '../sla/promises.ts'
import { readPageView } from '../status-page/page-view.ts'
import { readPromised } from '../status-page/read-promised.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { PageView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'

/** A release, and the defects of which a promise waits for it. */
export interface ReleaseLine {
  release: ProductRelease
  waiting: DefectPromises[]
}

export interface ReleaseList {
  page: PageView
  /** The first planned first, those without a date last. */
  planned: ReleaseLine[]
  /** The latest published first. */
  published: ProductRelease[]
  /** What waits for a next release that nobody has planned. */
  unplanned: DefectPromises[]
}

export async function readReleaseList(reader: Reader, viewpoint: Viewpoint): Promise<ReleaseList> {
  const releases = await listReleases(reader)
  const waiting = Map.groupBy(await readUnfixed(reader, viewpoint), (one) =>
    awaitedBy(one, releases, viewpoint),
  )
  return {
    page: await readPageView(reader, viewpoint),
    planned: releases
      .filter(({ publishedAt }) => publishedAt === null)
      .sort((a, b) => ascending(a.plannedAt, b.plannedAt))
      .map((release) => ({ release, waiting: waiting.get(release.id) ?? [] })),
    published: releases
      .filter(({ publishedAt }) => publishedAt !== null)
      .sort((a, b) => (b.publishedAt ?? 0) - (a.publishedAt ?? 0)),
    unplanned: waiting.get('unplanned') ?? [],
  }
}

/** A release as those who plan and publish it need it. */
export interface ReleaseDesk extends ReleaseLine {
  page: PageView
  /** What a change to it is decided upon. */
  version: number
  /** What was planned, each time that it was, the latest first. */
  plans: ReleasePlan[]
  /** Confirmed and not fixed, whatever they wait for: it may fix them as well. */
  others: DefectPromises[]
}

/** Undefined when there is no release of that id. */
export async function readReleaseDesk(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<ReleaseDesk | undefined> {
  if (!isId(id)) return undefined
  const releases = await listReleases(reader)
  const release = releases.find((one) => one.id === id)
  if (release === undefined) return undefined
  const unfixed = await readUnfixed(reader, viewpoint)
  const waiting = unfixed.filter((one) => awaitedBy(one, releases, viewpoint) === id)
  return {
    page: await readPageView(reader, viewpoint),
    release,
    version: (await readVersions(reader, [id])).get(id) ?? 0,
    plans: (await listReleasePlans(reader)).filter(({ releaseId }) => releaseId === id).reverse(),
    waiting,
    others: unfixed.filter((one) => !waiting.includes(one)),
  }
}

/** Confirmed and not fixed. */
async function readUnfixed(reader: Reader, viewpoint: Viewpoint): Promise<DefectPromises[]> {
  const promised = await readPromised(reader, viewpoint)
  return (promised?.promises ?? []).filter(({ status, terms }) => terms !== null && status !== 'fixed')
}

/** The release that an open promise of a defect waits for; null where none waits for any. */
function awaitedBy(
  { goals }: DefectPromises,
  releases: readonly ProductRelease[],
  { now }: Viewpoint,
): ReleaseId | 'unplanned' | null {
  const goal = goals.findLast(({ term, state }) => isNextRelease(term) && isOpen(state.verdict))
  if (goal === undefined) return null
  return nextRelease(releases, waitsSince(goal), now)?.id ?? 'unplanned'
}

/** What has no date comes last. */
function ascending(a: number | null, b: number | null): number {
  if (a === b) return 0
  return (a ?? Number.POSITIVE_INFINITY) - (b ?? Number.POSITIVE_INFINITY)
}
