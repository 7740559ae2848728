import { describe, expect, test } from 'vitest'
import { BenchFailure } from '../../bench/bench.ts'
import { deadlineQuestions, hundredHours, tenYears } from '../../bench/deadline-questions.ts'
import { measureDeadlines } from '../../bench/sla-deadlines.ts'
import { answerSlaDeadlines } from '../../src/commands/sla-deadlines.ts'
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../src/lib/instant.ts'

const COUNT = 4_000

describe('the questions of the bench', () => {
  test('are mixed: every zone, week, unit and kind of day with and without holidays and pauses', () => {
    const questions = deadlineQuestions(COUNT, hundredHours)
    const mixtures = questions.map(({ calendar, term, pauses }) => {
      const { tz, weekdays, windows, holidays } = calendar
      return JSON.stringify([tz, weekdays, windows, holidays.length, Object.keys(term), pauses.length])
    })
    expect(new Set(mixtures).size).toBe(8 * 3 * 4 * 3 * 2 * 3)
    expect(new Set(questions.map(({ start }) => start)).size).toBe(COUNT)
  })

  test('in hours are about 100 hours of business time', async () => {
    const hours = (await answersTo(hundredHours)).map(({ businessMs }) => businessMs / HOUR_MS)
    // Days and weeks of short days hold fewer, weeks of seven whole days more.
    expect(hours.filter((each) => each === 100).length).toBeGreaterThanOrEqual(COUNT / 3)
    expect(Math.max(...hours)).toBeLessThan(170)
  })

  test('of ten years lead ten years on', async () => {
    const years = (await answersTo(tenYears)).map(({ wallMs }) => wallMs / (365.25 * DAY_MS))
    expect(Math.min(...years)).toBeGreaterThan(9.9)
    expect(Math.max(...years)).toBeLessThan(10.5)
  })
})

describe('measuring the command', () => {
  test('takes the time of each run, from a real process that answers everything', async () => {
    const questions = deadlineQuestions(20, tenYears)
    const measurement = await measureDeadlines('a few', questions, 2)
    expect(measurement).toMatchObject({ kind: 'a few', count: 20, budgetSeconds: 2 })
    expect(measurement.seconds).toHaveLength(2)
    for (const seconds of measurement.seconds) expect(seconds).toBeGreaterThan(0.01)
  })

  test('fails when a line gets no deadline: a fast refusal is no figure', async () => {
    const [question] = deadlineQuestions(1, hundredHours)
    if (!question) throw new Error('one question')
    const wrong = { ...question, id: 1, calendar: { ...question.calendar, tz: 'Mars/Olympus' } }
    const measuring = measureDeadlines('wrong', [question, wrong], 1)
    await expect(measuring).rejects.toThrow(BenchFailure)
    await expect(measuring).rejects.toThrow(/Line 2 got no deadline: .*Mars\/Olympus/)
  })
})

/** Wall time and business time until the deadline of every question. */
async function answersTo(
  length: Parameters<typeof deadlineQuestions>[1],
): Promise<{ wallMs: number; businessMs: number }[]> {
  const questions = deadlineQuestions(COUNT, length)
  const answers: { wallMs: number; businessMs: number }[] = []
  async function* lines() {
    for (const question of questions) yield JSON.stringify(question)
  }
  await answerSlaDeadlines(lines(), (line) => {
    const { deadline, elapsedBusinessSeconds } = JSON.parse(line)
    const start = questions[answers.length]?.start ?? ''
    const wallMs = Date.parse(deadline) - Date.parse(start)
    answers.push({ wallMs, businessMs: elapsedBusinessSeconds * SECOND_MS })
  })
  return answers
}
