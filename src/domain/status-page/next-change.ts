import { addDays, localDateOf, startOfDate } from '../../lib/dates.ts'
import { type Instant, MINUTE_MS } from '../../lib/instant.ts'
import { listImpacts } from '../components/impacts.ts'
import { getPage } from '../page.ts'
import { clockStartAt } from '../sla/engine/business-time.ts'
import type { Calendar } from '../sla/engine/calendar.ts'
import { readPromises } from '../sla/read-promises.ts'
import { listPublicDefectsDue } from '../sla/record/deadlines.ts'
import { countsUntil, openState } from '../sla/support/opening.ts'
import { listSupportHours } from '../sla/support/support-hours.ts'
import { STANDARD_POLICY_ID } from '../sla/terms/policies.ts'
import { readTermsBook } from '../sla/terms/select-terms.ts'
import { nextExampleAt } from '../sla/terms/worked-example.ts'
import { weekdayAloneFrom } from '../sla/words.ts'
import type { Reader } from '../tx.ts'

/** Which page this is, and until when what is written of it holds by itself. */
export async function readSite(
  reader: Reader,
  now: Instant,
): Promise<{ pageId: string; timeZone: string; changesAt: Instant }> {
  const { id, timeZone } = await getPage(reader)
  return { pageId: id, timeZone, changesAt: await nextChangeAt(reader, now) }
}

/**
 * The next instant at which anything that everybody sees says something else although nobody writes: until then the
 * bytes made at `now` are true. One instant for the whole page, because one event touches many documents.
 *
 * Whatever a read model asks of the clock stands here as well. Nothing is lost by an instant too many: what is rendered
 * again then has the same bytes.
 */
export async function nextChangeAt(reader: Reader, now: Instant): Promise<Instant> {
  const { timeZone } = await getPage(reader)
  const changes = [
    nextMidnight(timeZone, now),
    ...(await termsChanges(reader, now)),
    ...(await promiseChanges(reader, now)),
    ...(await impactChanges(reader, now)),
    ...(await supportChanges(reader, now)),
  ]
  return Math.min(...changes.filter((at) => at > now))
}

/** Bars, months and what was measured go from day to day in a zone. */
function nextMidnight(zone: string, now: Instant): Instant {
  return startOfDate(addDays(localDateOf(now, zone), 1), zone)
}

/** The terms in force are those of the day on which a clock would start, which jumps when its calendar stops to count. */
async function termsChanges(reader: Reader, now: Instant): Promise<Instant[]> {
  const { policies, calendars } = await readTermsBook(reader)
  const standard = (policies.get(STANDARD_POLICY_ID) ?? []).flatMap(
    ({ calendarId }) => calendars.get(calendarId) ?? [],
  )
  return standard.flatMap((calendar) => [
    nextMidnight(calendar.timeZone, now),
    countingChangesAt(calendar, now),
    nextExampleAt(calendar, now),
  ])
}

function countingChangesAt(calendar: Calendar, now: Instant): Instant {
  const startAt = clockStartAt(calendar, now)
  return startAt > now ? startAt : countsUntil(calendar, now)
}

/** Statements take a bounded number of values. */
const DEFECTS_A_READ = 500

/** Clocks that stop and go on, promises at risk and missed. */
async function promiseChanges(reader: Reader, now: Instant): Promise<Instant[]> {
  const defects = await listPublicDefectsDue(reader)
  const changes: Instant[] = []
  for (let start = 0; start < defects.length; start += DEFECTS_A_READ) {
    const promises = await readPromises(reader, defects.slice(start, start + DEFECTS_A_READ), now)
    for (const { state } of [...promises.values()].flatMap(({ goals }) => goals)) {
      if (state.changesAt !== null) changes.push(state.changesAt)
      if (state.resumesAt !== null) changes.push(weekdayAloneFrom(state.resumesAt))
    }
  }
  return changes
}

/** What begins and ends later, and the minutes of an outage that runs. */
async function impactChanges(reader: Reader, now: Instant): Promise<Instant[]> {
  const impacts = await listImpacts(reader, { from: now, until: Number.MAX_SAFE_INTEGER })
  const isRunningOutage = impacts.some(
    ({ from, level }) => from <= now && (level === 'partial_outage' || level === 'major_outage'),
  )
  return [
    ...impacts.flatMap(({ from, until }) => (until === null ? [from] : [from, until])),
    ...(isRunningOutage ? [now - (now % MINUTE_MS) + MINUTE_MS] : []),
  ]
}

async function supportChanges(reader: Reader, now: Instant): Promise<Instant[]> {
  return (await listSupportHours(reader)).flatMap((support) => openState(support, now).until ?? [])
}
