import { describe, expect, test } from 'vitest'
import type { PolicyGoals } from '../../src/domain/sla/engine/goal-terms.ts'
import { STANDARD_POLICY } from '../../src/domain/sla/terms/standard-terms.ts'
import { countingSentences } from '../../src/ui/counting-words.ts'
import { calendarIn } from '../domain/sla/engine/zoned.ts'

const version = { id: 'gold', name: 'Gold', version: 1, validFromOn: '2026-11-01' }
const hours = { response: { hours: 1 }, workaround: { hours: 2 }, fix: { hours: 8 } }
const HOURS: PolicyGoals = { critical: hours, high: hours, medium: hours, low: hours }
const contract = {
  ...version,
  subject: { kind: 'customer' as const, name: 'Harbour Mills' },
  policyId: 'gold',
  clockStarts: 'report' as const,
  pausableGoals: ['workaround' as const, 'fix' as const],
  validToOn: null,
}

function sentencesOf(more: { goals?: PolicyGoals; contract?: typeof contract; weekdays?: number[] }): string {
  const { goals = STANDARD_POLICY.goals, weekdays = [1, 2, 3, 4, 5] } = more
  const calendar = { ...version, ...calendarIn('Asia/Kolkata', { weekdays }) }
  const policy = { ...version, calendarId: 'gold', goals }
  return countingSentences({ contract: more.contract ?? null, calendar, policy }).join('\n')
}

describe('the rules of counting', () => {
  test('say what stops each clock', () => {
    const words = sentencesOf({ goals: HOURS })
    expect(words).toContain('A response is what a person first tells once the clock has started')
    expect(words).toContain('a workaround never stops the clock of the fix')
    expect(words).toContain('met when the work is done no later than its deadline')
  })

  test('say what a business day, a week and the next release are, where they are promised', () => {
    const words = sentencesOf({})
    expect(words).toContain('Business days are the days on which the clocks run.')
    expect(words).toContain('A week is 5 business days.')
    expect(words).toContain('that comes out after the defect is confirmed; if its cut-off had passed by then')
    expect(sentencesOf({ weekdays: [6] })).toContain('A week is one business day.')
    expect(sentencesOf({ goals: HOURS })).not.toMatch(/week|[Bb]usiness|release/)
  })

  test('say how a changed severity counts', () => {
    expect(sentencesOf({ goals: HOURS })).toContain('What got worse is promised anew from that moment')
  })

  test('are those of a contract for whom they hold', () => {
    const words = sentencesOf({ contract })
    expect(words).toContain('the clock of the workaround and of the fix may be paused')
    expect(words).toContain('comes out after the defect is reported')
    expect(sentencesOf({})).not.toContain('paused')
  })
})
