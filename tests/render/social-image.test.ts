import { describe, expect, test } from 'vitest'
import { HOUR_MS, MINUTE_MS } from '../../src/lib/instant.ts'
import { incidentCard, maintenanceCard, pageCard } from '../../src/render/social-card.ts'
import { drawableText } from '../../src/render/social-fonts.ts'
import { socialImage } from '../../src/render/social-image.ts'
import { defect, FRIDAY_EVENING, incident, maintenance, page, promise } from './sample-views.ts'

const headline = {
  status: 'partial_outage' as const,
  sentence: 'Payments are failing for some customers.',
  authored: '',
  incident: null,
  nearestPromise: null,
}

describe('a social card', () => {
  test('of the page says its sentence and the nearest promise', () => {
    const sentence = 'Workaround promised by end of Friday 13 November (24:00 IST).'
    const nearestPromise = {
      defectKey: 'CHK-412',
      goal: 'workaround' as const,
      verdict: 'at_risk',
      sentence,
      deadlineAt: FRIDAY_EVENING + 4 * HOUR_MS,
    }
    expect(pageCard(page, { ...headline, nearestPromise })).toEqual({
      pageName: 'Nimbus',
      host: 'status.nimbus.example',
      mark: 'partial_outage',
      state: 'Partial outage',
      sentence: 'Payments are failing for some customers.',
      plainSentence: 'Not everything is working.',
      footer: { mark: 'open', sentence },
    })
  })

  test('of an incident says the open promise that comes first', () => {
    const goals = [promise('fix', { hours: 48 }), promise('workaround', { hours: 4 })]
    expect(incidentCard(page, incident({}, { defects: [defect(goals)] }))).toMatchObject({
      mark: 'partial_outage',
      state: 'Investigating',
      sentence: 'Payments are failing for some customers',
      footer: { mark: 'open', sentence: 'Workaround promised by end of Friday 13 November (24:00 IST).' },
    })
  })

  test('of an incident with nothing open says what became of its promises, a miss before a hit', () => {
    const met = promise('response', { hours: 4 }, { completedAt: FRIDAY_EVENING + 38 * MINUTE_MS })
    const monday = Date.parse('2026-11-16T01:30:00+05:30')
    const missed = promise('workaround', { hours: 4 }, { completedAt: monday, now: monday })
    const resolved = { status: 'resolved' as const, resolvedAt: monday }
    expect(incidentCard(page, incident(resolved, { defects: [defect([met])] }))).toMatchObject({
      mark: 'operational',
      footer: { mark: 'met', sentence: 'Response met after 38 min; promised within 4 hours.' },
    })
    expect(incidentCard(page, incident(resolved, { defects: [defect([met, missed])] })).footer).toEqual({
      mark: 'missed',
      sentence: 'Workaround missed by 2 d 1 h (1 h 30 min of working time); promised within 4 hours.',
    })
    expect(incidentCard(page, incident()).footer).toBeNull()
  })

  test('of a maintenance says when', () => {
    expect(maintenanceCard(page, maintenance())).toMatchObject({
      mark: 'under_maintenance',
      state: 'Maintenance scheduled',
      footer: { sentence: 'Sunday 22 November, 02:00–04:00 IST' },
    })
    const long = maintenance({ scheduledUntil: Date.parse('2026-11-22T19:30:00Z') })
    expect(maintenanceCard(page, long).footer?.sentence).toBe(
      'Sunday 22 November, 02:00 IST to Monday 23 November, 01:00 IST',
    )
  })
})

describe('a social image', () => {
  const drawn = (sentence: string) => socialImage({ ...pageCard(page, headline), sentence })

  test.each([
    ['a short sentence', 'All systems are working.'],
    ['a sentence without end', 'Checkout is slow and '.repeat(30)],
    ['a word without end', 'x'.repeat(300)],
    ['mark-up', '<b>&amp;</b> {"a"}'],
    ['Devanagari', 'भुगतान विफल हो रहे हैं'],
    ['letters without a font', '決済が失敗しています'],
    ['right-to-left letters among others', 'Checkout دفع is down'],
    ['emoji and broken characters', '🚀👩‍👩‍👧 \u0000\uD800 down'],
    ['nothing', ''],
  ])('of %s is a PNG of 1200 by 630', async (_, sentence) => {
    const bytes = Buffer.from(await drawn(sentence))
    expect(bytes.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1200, 630])
  })

  test('of the same card is the same bytes', async () => {
    expect(await drawn('Same.')).toEqual(await drawn('Same.'))
    expect(await drawn('Same.')).not.toEqual(await drawn('Other.'))
  })

  test('leaves out what it has no letters for, and says so when that is most of it', () => {
    expect(drawableText('Checkout 🚀 is down')).toBe('Checkout is down')
    expect(drawableText('Zahlungen über „Łódź“ · Ελλάδα · Москва · भुगतान')).toBe(
      'Zahlungen über „Łódź“ · Ελλάδα · Москва · भुगतान',
    )
    expect(drawableText('決済 API が失敗しています')).toBeNull()
  })
})
