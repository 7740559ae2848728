import type { ComponentStatus } from '../../../src/domain/components/component-status.ts'
import { INDICATORS, rollUp } from '../../../src/domain/status-page/roll-up.ts'
import { describe, expect, test } from '../../support/site.ts'

const DESCRIPTIONS = [
  'All Systems Operational',
  'Major System Outage',
  'Partial System Outage',
  'Minor Service Outage',
  'Degraded System Service',
  'Partially Degraded Service',
  'Service Under Maintenance',
]

/** Components by the first letters of their states: operational, maintenance, degraded, partial, major. */
const STATES: Record<string, ComponentStatus> = {
  o: 'operational',
  m: 'under_maintenance',
  d: 'degraded_performance',
  p: 'partial_outage',
  M: 'major_outage',
}

const SITUATIONS = [
  ['', 'none', 'All Systems Operational'],
  ['o', 'none', 'All Systems Operational'],
  ['ooo', 'none', 'All Systems Operational'],
  ['M', 'critical', 'Major System Outage'],
  ['MMM', 'critical', 'Major System Outage'],
  ['MMo', 'major', 'Partial System Outage'],
  ['Mpd', 'major', 'Partial System Outage'],
  ['MMm', 'major', 'Partial System Outage'],
  ['p', 'major', 'Partial System Outage'],
  ['ppp', 'major', 'Partial System Outage'],
  ['ppd', 'minor', 'Minor Service Outage'],
  ['poo', 'minor', 'Minor Service Outage'],
  ['pm', 'minor', 'Minor Service Outage'],
  ['dd', 'minor', 'Degraded System Service'],
  ['ddd', 'minor', 'Degraded System Service'],
  ['d', 'minor', 'Partially Degraded Service'],
  ['do', 'minor', 'Partially Degraded Service'],
  ['dmm', 'minor', 'Partially Degraded Service'],
  ['m', 'maintenance', 'Service Under Maintenance'],
  ['mo', 'maintenance', 'Service Under Maintenance'],
  ['mmm', 'maintenance', 'Service Under Maintenance'],
] as const

describe('the state of the whole page', () => {
  test.for(SITUATIONS)('of components “%s” is %s: %s', ([letters, indicator, description]) => {
    const statuses = [...letters].map((letter) => STATES[letter] ?? 'operational')
    expect(rollUp(statuses)).toMatchObject({ indicator, description })
    expect(rollUp(statuses.toReversed())).toEqual(rollUp(statuses))
  })

  test('has one of seven descriptions and one of five indicators, whatever its components are', () => {
    const found = new Map<string, Set<string>>()
    const letters = Object.keys(STATES)
    const some = letters.flatMap((one) => letters.flatMap((two) => letters.map((three) => one + two + three)))
    for (const text of [
      '',
      ...letters,
      ...letters.flatMap((one) => letters.map((two) => one + two)),
      ...some,
    ]) {
      const { status, indicator, description } = rollUp(
        [...text].map((letter) => STATES[letter] ?? 'operational'),
      )
      expect([...text].some((letter) => STATES[letter] === status) || text === '').toBe(true)
      found.set(description, (found.get(description) ?? new Set()).add(indicator))
    }
    expect([...found.keys()].sort()).toEqual(DESCRIPTIONS.toSorted())
    expect(new Set([...found.values()].flatMap((indicators) => [...indicators]))).toEqual(new Set(INDICATORS))
  })
})
