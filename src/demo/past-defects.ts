import { type Instant, MINUTE_MS } from '../lib/instant.ts'
import { deadlinesOf, type ToldDefect, type ToldEvent } from './defect-acts.ts'
import { type Dice, seededDice } from './dice.ts'
import { postedAt } from './incident-acts.ts'
import type { PastIncident } from './past-incidents.ts'
import type { ToldRelease } from './releases.ts'

/** One promise in so many is not kept. */
const MISS_SHARE = 0.12
/** Late by so many hours, when it is. */
const LATE_HOURS = { least: 2, most: 46 }

/**
 * The defects behind the incidents of the year, each with what became of it: the response is the next update of its
 * incident, the workaround the update that says it is better, the fix comes later. Only some are not kept.
 */
export function pastDefects(incidents: PastIncident[], releases: ToldRelease[]): ToldDefect[] {
  const dice = seededDice(31)
  const told = new Set<string>()
  const numbers = new Map([
    ['PAY', 204],
    ['MER', 118],
    ['DEV', 341],
    ['ACC', 77],
  ])
  return incidents.flatMap((incident) => {
    const { defect } = incident.story
    // A cause that was removed does not come back under the same name.
    if (!defect || told.has(defect.title)) return []
    told.add(defect.title)
    const number = (numbers.get(defect.key) ?? 0) + dice.whole(3, 9)
    numbers.set(defect.key, number)
    return [toldDefect({ ...defect, key: `${defect.key}-${number}` }, incident, releases, dice)]
  })
}

function toldDefect(
  defect: Pick<ToldDefect, 'key' | 'title' | 'severity'>,
  { told: incident }: PastIncident,
  releases: ToldRelease[],
  dice: Dice,
): ToldDefect {
  const confirmedAt = incident.at + dice.whole(4, 9) * MINUTE_MS
  const last = incident.updates.length
  const easedAt = incident.updates.findIndex(({ status }) => status === 'monitoring' || status === 'resolved')
  const base = { ...defect, reportedAt: incident.at + 2 * MINUTE_MS, confirmedAt, incident: incident.key }
  if (defect.severity === 'low') return base
  const workaround: ToldEvent = {
    type: 'workaround',
    recordedAt: Math.max(postedAt(incident, easedAt), confirmedAt) + 3 * MINUTE_MS,
    at: Math.max(postedAt(incident, easedAt), confirmedAt),
    update: `${incident.key}/${easedAt + 1}`,
  }
  const kept = !dice.happens(MISS_SHARE)
  const earliest = postedAt(incident, last - 1) + 30 * MINUTE_MS
  const fixed =
    defect.severity === 'medium'
      ? fixInRelease(confirmedAt, kept, releases)
      : fixByItself(earliest, deadlinesOf(defect.severity, confirmedAt).fix ?? earliest, kept, dice)
  return { ...base, events: fixed ? [workaround, fixed] : [workaround] }
}

/** A fix that is published when it is ready. */
function fixByItself(earliest: Instant, deadline: Instant, kept: boolean, dice: Dice): ToldEvent {
  const at = kept
    ? earliest + Math.max(0, deadline - earliest) * dice.between(0.1, 0.85)
    : deadline + dice.between(LATE_HOURS.least, LATE_HOURS.most) * 60 * MINUTE_MS
  const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS
  return { type: 'fixed', recordedAt: minute + 6 * MINUTE_MS, at: minute, note: 'Published with a hotfix.' }
}

/** A fix that waits for the next regular release, or misses it and comes with the one after; perhaps not out yet. */
function fixInRelease(confirmedAt: Instant, kept: boolean, releases: ToldRelease[]): ToldEvent | undefined {
  const published = releases.filter(
    ({ kind, publishedAt }) => kind === 'regular' && publishedAt !== null && publishedAt > confirmedAt,
  )
  const release = published[kept ? 0 : 1]
  if (!release?.publishedAt) return undefined
  return {
    type: 'fixed',
    recordedAt: release.publishedAt,
    release: release.name,
    note: `Published with release ${release.name}.`,
  }
}
