import { z } from 'zod'
import { clockStartAt } from '../domain/sla/engine/business-time.ts'
import { assertCalendar, type Calendar } from '../domain/sla/engine/calendar.ts'
import { usedMsBetween } from '../domain/sla/engine/pauses.ts'
import { atRiskAt, type Window, windowEndsAt } from '../domain/sla/engine/window.ts'
import { DomainError } from '../errors.ts'
import { parseIso, SECOND_MS, toShortIso } from '../lib/instant.ts'

/**
 * `avow sla deadlines`: one JSON answer for each JSON line, in order. A line that cannot be answered gets
 * `{"id", "error"}` with a sentence, and the lines after it their answers all the same. Blank lines get nothing.
 */
export async function answerSlaDeadlines(
  input: AsyncIterable<string>,
  write: (line: string) => void,
): Promise<void> {
  for await (const line of input) {
    if (line.trim() !== '') write(JSON.stringify(answerOf(line)))
  }
}

type Answer =
  | { id: unknown; clockStart: string; deadline: string; elapsedBusinessSeconds: number; atRisk75: string }
  | { id: unknown; error: string }

function answerOf(line: string): Answer {
  const question = parsedLine(line)
  if (!isObject(question)) return { id: null, error: 'A line must be one JSON object.' }
  const id = question.id ?? null
  const parsed = Question.safeParse(question)
  if (!parsed.success) return { id, error: sentencesOf(parsed.error) }
  try {
    return { id, ...deadlineOf(parsed.data) }
  } catch (error) {
    if (error instanceof DomainError) return { id, error: error.message }
    throw error
  }
}

function sentencesOf({ issues }: z.ZodError): string {
  return [...new Set(issues.map(({ message }) => message))].join(' ')
}

/** Business seconds are those outside pauses: what uses up the term, and what 75 % is taken of. */
function deadlineOf({ calendar: asked, start, term, pauses }: Question) {
  const calendar = knownCalendar(asked)
  const deadline = windowEndsAt(calendar, start, term, pauses)
  return {
    clockStart: toShortIso(clockStartAt(calendar, start)),
    deadline: toShortIso(deadline),
    elapsedBusinessSeconds: usedMsBetween(calendar, start, deadline, pauses) / SECOND_MS,
    atRisk75: toShortIso(atRiskAt(calendar, start, term, pauses)),
  }
}

/** Distinct calendars kept at once: thousands of lines usually share a handful. */
const CALENDARS_KEPT = 500
const calendars = new Map<string, Calendar>()

/** @throws DomainError `invalid` for a calendar that no clock could run by */
function knownCalendar({ tz, weekdays, holidays, windows }: Question['calendar']): Calendar {
  const calendar = { timeZone: tz, weekdays, excludedDates: holidays, windows }
  const key = JSON.stringify(calendar)
  const known = calendars.get(key)
  if (known !== undefined) return known
  assertCalendar(calendar)
  if (calendars.size >= CALENDARS_KEPT) calendars.clear()
  calendars.set(key, calendar)
  return calendar
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    // The answer says what a line must be; the parser's own words would not help.
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The same sentence for the whole field and for anything wrong inside it. */
const listOf = <Item extends z.ZodType>(item: (error: string) => Item, error: string) =>
  z.array(item(error), { error }).nullish()
const text = (error: string) => z.string({ error })
const pairOf = <Item extends z.ZodType>(item: Item, error: string) => z.tuple([item, item], { error })

const CALENDAR = 'The calendar must be {"tz", "weekdays", "holidays", "windows"?}'
const WEEKDAYS = `${CALENDAR}, “weekdays” a list of numbers from 1 to 7.`
const PAUSES = 'Pauses must be a list of [from, to], both instants such as 2026-11-09T07:00:00Z.'

const Question = z.object({
  calendar: z.object(
    {
      tz: text(`${CALENDAR}, “tz” the name of a time zone.`),
      weekdays: z.array(z.number({ error: WEEKDAYS }), { error: WEEKDAYS }),
      holidays: listOf(text, `${CALENDAR}, “holidays” a list of dates.`).transform((dates) => dates ?? []),
      windows: listOf(
        (error) => pairOf(text(error), error),
        `${CALENDAR}, “windows” a list such as [["09:00", "17:00"]].`,
      ).transform((windows) => windows ?? null),
    },
    { error: `${CALENDAR}.` },
  ),
  start: instant('“start” must be an instant such as 2026-11-09T07:00:00Z.'),
  term: z.unknown().transform(readTerm),
  pauses: listOf((error) => pairOf(instant(error), error), PAUSES).transform((pauses, context) => {
    const read = (pauses ?? []).map(([from, to]) => ({ from, to }))
    if (read.some(({ from, to }) => from > to)) context.addIssue('A pause must not end before it begins.')
    return read
  }),
})
type Question = z.infer<typeof Question>

function instant(error: string) {
  return text(error).transform((iso, context) => {
    const at = parseIso(iso)
    if (at === undefined) context.addIssue(error)
    return at ?? 0
  })
}

const Days = z.int().positive()
const Term = z.union([
  z.strictObject({ hours: z.number().positive() }),
  z.strictObject({ bdays: Days }),
  z.strictObject({ weeks: Days }),
  z.strictObject({ seconds: z.number().positive() }),
])

function readTerm(term: unknown, context: z.RefinementCtx): Window {
  const parsed = Term.safeParse(term)
  if (parsed.success) return parsed.data
  context.addIssue(
    'The term must be one of {"hours": n}, {"bdays": n}, {"weeks": n}, {"seconds": n}, n above zero, days and weeks whole.',
  )
  return z.NEVER
}
