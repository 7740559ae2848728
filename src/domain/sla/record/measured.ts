import { HOUR_MS, type Instant, MINUTE_MS } from '../../../lib/instant.ts'
import type { Defect } from '../../defects/defect.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { StatusUpdate } from '../../updates/status-update.ts'
import { businessMsBetween } from '../engine/business-time.ts'
import type { DefectPromises } from '../promises.ts'
import { durationWords } from '../words.ts'

/** How long something took: not promised, measured (rule 12). Milliseconds. */
export interface Measured {
  median: number
  /** Nine in ten took no longer. */
  percentile90: number
  /** How many were measured. */
  count: number
}

/** An incident with what tells when it was noticed and when the public was told. */
export interface ToldIncident {
  incident: Pick<Incident, 'startedAt' | 'backfilled'>
  /** Those linked to it that are shown. */
  defects: Pick<Defect, 'reportedAt'>[]
  updates: Pick<StatusUpdate, 'createdAt' | 'authorKind'>[]
}

/**
 * Business time from the start of the clock to the first response, over confirmed defects whose response came in
 * `[since, now]`, also where none was promised. Null without one.
 */
export function measuredResponse(promises: readonly DefectPromises[], since: Instant): Measured | null {
  const times = promises.flatMap(({ startAt, goals }) => {
    const response = goals.find(({ goal }) => goal === 'response')
    if (startAt === null || !response?.evidence || response.evidence.at < since) return []
    return [businessMsBetween(response.calendar, startAt, response.evidence.at)]
  })
  return measured(times)
}

/**
 * Time by the wall from detection to the first public word, over incidents with a defect that were first told in
 * `[since, now]` and not after the fact. Detection is the earliest report of a linked defect, or the start that the
 * incident shows if that is earlier; the first word is a person's, by the time it was really posted. Null without one.
 */
export function measuredFirstWord(incidents: readonly ToldIncident[], since: Instant): Measured | null {
  const times = incidents.flatMap(({ incident, defects, updates }) => {
    const posted = updates.filter(({ authorKind }) => authorKind !== 'job').map(({ createdAt }) => createdAt)
    if (incident.backfilled || defects.length === 0 || posted.length === 0) return []
    const toldAt = Math.min(...posted)
    const detectedAt = Math.min(incident.startedAt, ...defects.map(({ reportedAt }) => reportedAt))
    return toldAt < since ? [] : [Math.max(0, toldAt - detectedAt)]
  })
  return measured(times)
}

/** "Half of all first responses came within 24 min of working time, nine in ten within 2 h 10 min (41 responses …)." */
export function responseSentence(response: Measured | null): string {
  if (response === null)
    return 'No first response came in the last twelve months: there is nothing to measure.'
  return sentence(response, 'first response', 'came', 'of working time', 'response')
}

/** "Half of all incidents were told here within 6 min of being noticed, nine in ten within 14 min (12 incidents …)." */
export function firstWordSentence(firstWord: Measured | null): string {
  if (firstWord === null) {
    return 'No incident with a defect behind it was told in the last twelve months: there is nothing to measure.'
  }
  const told = firstWord.count === 1 ? 'was told here' : 'were told here'
  return sentence(firstWord, 'incident', told, 'of being noticed', 'incident')
}

function sentence(
  { median, percentile90, count }: Measured,
  what: string,
  happened: string,
  since: string,
  counted: string,
): string {
  const [half, nineInTen] = [withinWords(median), withinWords(percentile90)]
  if (count === 1) return `The one ${what} of the last twelve months ${happened} within ${half} ${since}.`
  const sample = `(${count} ${counted}s in the last twelve months)`
  if (half === nineInTen) return `Nine in ten ${what}s ${happened} within ${nineInTen} ${since} ${sample}.`
  return `Half of all ${what}s ${happened} within ${half} ${since}, nine in ten within ${nineInTen} ${sample}.`
}

/**
 * By nearest rank: the smallest measured time that at least so many of a hundred do not exceed. It is always one that
 * happened, and it never flatters.
 */
export function percentile(times: readonly number[], percent: number): number | null {
  const ascending = times.toSorted((a, b) => a - b)
  return ascending[Math.max(1, Math.ceil((ascending.length * percent) / 100)) - 1] ?? null
}

function measured(times: readonly number[]): Measured | null {
  const [median, percentile90] = [percentile(times, 50), percentile(times, 90)]
  if (median === null || percentile90 === null) return null
  return { median, percentile90, count: times.length }
}

/** A time that holds something: rounded up to what is written, where a duration is otherwise rounded down. */
function withinWords(ms: number): string {
  const unit = ms > 48 * HOUR_MS ? HOUR_MS : MINUTE_MS
  return durationWords(Math.max(1, Math.ceil(ms / unit)) * unit)
}
