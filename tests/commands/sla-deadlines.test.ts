import { describe, expect, test } from 'vitest'
import { answerSlaDeadlines } from '../../src/commands/sla-deadlines.ts'

const question = {
  id: 'a',
  calendar: { tz: 'America/New_York', weekdays: [1, 2, 3, 4, 5], holidays: [] },
  start: '2026-11-14T03:00:00Z',
  term: { hours: 4 },
}
const answer = {
  id: 'a',
  clockStart: '2026-11-14T03:00:00Z',
  deadline: '2026-11-16T07:00:00Z',
  elapsedBusinessSeconds: 14400,
  atRisk75: '2026-11-16T06:00:00Z',
}

describe('avow sla deadlines', () => {
  test('answers a line', async () => {
    expect(await answersTo(question)).toEqual([answer])
  })

  test('answers in order, also around a bad line', async () => {
    const answers = await answersTo(
      { ...question, id: 1 },
      { ...question, id: 2, start: 'soon' },
      { ...question, id: 3 },
    )
    expect(answers.map(({ id }) => id)).toEqual([1, 2, 3])
    expect(answers.map((each) => 'error' in each)).toEqual([false, true, false])
  })

  test('writes milliseconds only where there are any', async () => {
    const [first] = await answersTo({ ...question, term: { seconds: 1 } })
    expect(first).toMatchObject({
      deadline: '2026-11-14T03:00:01Z',
      elapsedBusinessSeconds: 1,
      atRisk75: '2026-11-14T03:00:00.750Z',
    })
  })

  test('takes windows, holidays and pauses', async () => {
    const [first] = await answersTo({
      ...question,
      calendar: {
        tz: 'UTC',
        weekdays: [1, 2, 3, 4, 5],
        holidays: ['2026-11-10'],
        windows: [['09:00', '17:00']],
      },
      start: '2026-11-09T15:00:00Z',
      pauses: [['2026-11-09T15:30:00Z', '2026-11-09T16:00:00Z']],
    })
    expect(first).toEqual({
      id: 'a',
      clockStart: '2026-11-09T15:00:00Z',
      deadline: '2026-11-11T11:30:00Z',
      elapsedBusinessSeconds: 14400,
      atRisk75: '2026-11-11T10:30:00Z',
    })
  })

  test('passes blank lines by', async () => {
    expect(await linesFor(['', JSON.stringify(question), '  '])).toHaveLength(1)
  })

  test('has no id for what is not JSON', async () => {
    expect(await linesFor(['{"id": 1,', '[1]', 'null'])).toEqual(
      Array.from({ length: 3 }, () => '{"id":null,"error":"A line must be one JSON object."}'),
    )
  })

  test.for<[string, object, string]>([
    ['an unknown zone', { calendar: { ...question.calendar, tz: 'Mars/Olympus' } }, 'is not a time zone'],
    ['an offset for a zone', { calendar: { ...question.calendar, tz: '+05:00' } }, 'is not a time zone'],
    ['a calendar that never counts', { calendar: { ...question.calendar, weekdays: [] } }, 'never counts'],
    ['a weekday that is none', { calendar: { ...question.calendar, weekdays: [8] } }, 'from 1 (Monday) to 7'],
    [
      'a date that is none',
      { calendar: { ...question.calendar, holidays: ['2026-02-30'] } },
      'is not a date',
    ],
    [
      'a window that closes first',
      { calendar: { ...question.calendar, windows: [['17:00', '09:00']] } },
      'opens before',
    ],
    ['no calendar', { calendar: undefined }, 'The calendar must be'],
    ['no weekdays', { calendar: { tz: 'UTC', holidays: [] } }, '“weekdays”'],
    ['a start without an offset', { start: '2026-11-14T03:00:00' }, '“start” must be an instant'],
    ['no start', { start: undefined }, '“start” must be an instant'],
    ['a start beyond all clocks', { start: '-200000-01-01T00:00:00Z' }, 'between the years 1 and 9999'],
    ['no term', { term: undefined }, 'The term must be one of'],
    ['a term of nothing', { term: { hours: 0 } }, 'The term must be one of'],
    ['a negative term', { term: { bdays: -1 } }, 'The term must be one of'],
    ['half a business day', { term: { bdays: 0.5 } }, 'The term must be one of'],
    ['two terms at once', { term: { hours: 1, bdays: 1 } }, 'The term must be one of'],
    ['a term of months', { term: { months: 1 } }, 'The term must be one of'],
    ['a term without end', { term: { hours: 1e300 } }, 'more than a hundred years'],
    [
      'a pause that ends first',
      { pauses: [['2026-11-14T05:00:00Z', '2026-11-14T04:00:00Z']] },
      'must not end before',
    ],
    ['a pause that is none', { pauses: [['2026-11-14T05:00:00Z']] }, 'Pauses must be a list'],
    [
      'a pause without an offset',
      { pauses: [['2026-11-14T05:00:00', '2026-11-14T06:00:00']] },
      'Pauses must be a list',
    ],
    ['a weekday by name', { calendar: { ...question.calendar, weekdays: ['Monday'] } }, '“weekdays” a list'],
    ['half a window', { calendar: { ...question.calendar, windows: [['09:00']] } }, '“windows” a list'],
    ['pauses that are none', { pauses: 'often' }, 'Pauses must be a list'],
  ])('refuses %s with a sentence', async ([, differences, sentence]) => {
    const [first] = await answersTo({ ...question, ...differences })
    expect(first).toEqual({ id: 'a', error: expect.stringContaining(sentence) })
  })
})

async function answersTo(...questions: object[]): Promise<Record<string, unknown>[]> {
  const lines = await linesFor(questions.map((each) => JSON.stringify(each)))
  return lines.map((line) => JSON.parse(line))
}

async function linesFor(input: string[]): Promise<string[]> {
  const output: string[] = []
  await answerSlaDeadlines(lines(input), (line) => output.push(line))
  return output
}

async function* lines(input: string[]): AsyncIterable<string> {
  yield* input
}
