import { localDateOf, monthOf } from '../../lib/dates.ts'
import { SEVERITIES, type Severity } from '../defects/defect.ts'
import { attainmentWords } from '../sla/attainment.ts'
import type { CalendarVersion } from '../sla/calendars.ts'
import { excludedBetween } from '../sla/excluded-time.ts'
import type { Policy } from '../sla/policies.ts'
import type { DefectPromises, GoalPromise } from '../sla/promises.ts'
import { readPromises } from '../sla/read-promises.ts'
import { readTermsBook } from '../sla/select-terms.ts'
import { windowEndsAt } from '../sla/window.ts'
import { deadlineWords, excludedWords, promiseWords } from '../sla/words.ts'
import type { Reader } from '../tx.ts'
import { listShownDefects, readAudience } from './audience.ts'
import { readPageView, type Viewpoint } from './page-view.ts'
import { termsShown } from './terms-shown.ts'
import type { SlaView } from './views.ts'

/** What each severity means, in the words of the published terms. */
const EXAMPLES: Record<Severity, string> = {
  critical: 'the system is down',
  high: 'an entire module is affected',
  medium: 'a feature within a module is affected',
  low: 'annoyances',
}

/**
 * The terms in force, every open promise, soonest deadline first, and the record of those that were judged; undefined
 * where the page shows no commitments.
 */
export async function readSla(reader: Reader, viewpoint: Viewpoint): Promise<SlaView | undefined> {
  const audience = await readAudience(reader, viewpoint)
  if (!audience.seesCommitments) return undefined
  const page = await readPageView(reader, viewpoint)
  const { policy, calendar } = termsShown(await readTermsBook(reader), viewpoint)
  const defects = await listShownDefects(reader, audience)
  const promises = [...(await readPromises(reader, defects, viewpoint.now)).values()]
  const goals = promises.flatMap(({ defect, terms, goals }) =>
    goals.map((promise) => ({ severity: defect.severity, zone: terms?.calendar.timeZone ?? 'UTC', promise })),
  )
  const count = (...verdicts: string[]) =>
    goals.filter((it) => verdicts.includes(it.promise.state.verdict)).length
  return {
    page,
    policy: { name: policy.name, version: policy.version, validFromOn: policy.validFromOn },
    calendar,
    terms: termsInWords(policy),
    example: { sentence: workedExample(policy, calendar) },
    open: promises.filter(hasOpenGoal).sort((a, b) => soonestDeadline(a) - soonestDeadline(b)),
    record: recordByMonth(goals),
    apart: { open: count('open', 'at_risk'), deferred: count('deferred'), noPromise: count('no_promise') },
  }
}

function termsInWords(policy: Policy): SlaView['terms'] {
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

/** A Friday night in the calendar's zone, where leaving weekends out shows; the engine computes the deadline. */
function workedExample({ goals }: Policy, calendar: CalendarVersion): string {
  const window = goals.critical.workaround
  if (window === null || 'release' in window) return ''
  const friday = Temporal.ZonedDateTime.from(`2026-11-13T22:00[${calendar.timeZone}]`).epochMilliseconds
  const deadline = windowEndsAt(calendar, friday, window)
  const left = excludedWords(calendar, excludedBetween(calendar, friday, deadline))
  return [
    `a critical defect confirmed on ${deadlineWords(calendar.timeZone, friday)}`,
    `has its workaround due ${deadlineWords(calendar.timeZone, deadline)}${left && ` (${left})`}.`,
  ].join(' ')
}

function hasOpenGoal({ goals }: DefectPromises): boolean {
  return goals.some(({ state }) => state.verdict === 'open' || state.verdict === 'at_risk')
}

function soonestDeadline({ goals }: DefectPromises): number {
  const open = goals.filter(({ state }) => state.verdict === 'open' || state.verdict === 'at_risk')
  return Math.min(...open.map(({ state }) => state.deadlineAt ?? Number.POSITIVE_INFINITY))
}

/** Met and missed by the month in which the verdict fell, in the calendar's zone, and by severity. */
function recordByMonth(
  goals: { severity: Severity; zone: string; promise: GoalPromise }[],
): SlaView['record'] {
  const judged = goals.flatMap(({ severity, zone, promise: { state } }) =>
    state.verdictAt !== null && (state.verdict === 'met' || state.verdict === 'missed')
      ? [{ severity, verdict: state.verdict, month: monthOf(localDateOf(state.verdictAt, zone)) }]
      : [],
  )
  const months = [...new Set(judged.map(({ month }) => month))].sort().reverse()
  return months.map((month) => ({
    month,
    rows: SEVERITIES.flatMap((severity) => {
      const of = judged.filter((it) => it.month === month && it.severity === severity)
      const met = of.filter(({ verdict }) => verdict === 'met').length
      const missed = of.length - met
      return of.length === 0 ? [] : [{ severity, met, missed, attainment: attainmentWords(met, missed) }]
    }),
  }))
}
