import { describe, expect, test } from 'vitest'
import type { DayBar } from '../../src/domain/status-page/views.ts'
import { barPaths } from '../../src/ui/bar-paths.ts'

const days = (...statuses: DayBar['status'][]) => statuses.map((status) => ({ status }))

describe('a row of bars', () => {
  test('draws a quiet quarter in one stroke', () => {
    expect(barPaths(days(...Array(90).fill('operational')))).toEqual([
      { status: 'operational', d: 'M0 26h900' },
    ])
  })

  test('is one path per state, each day in its place', () => {
    expect(barPaths(days('no_data', 'operational', 'major_outage', 'operational', 'operational'))).toEqual([
      { status: 'no_data', d: 'M0 30h10' },
      { status: 'operational', d: 'M10 26h10M30 26h20' },
      { status: 'major_outage', d: 'M20.75 32v-32h8.5v32z' },
    ])
  })

  test('draws every state in a shape of its own', () => {
    const states = [
      'operational',
      'under_maintenance',
      'degraded_performance',
      'partial_outage',
      'major_outage',
      'no_data',
    ] as const
    const shapes = states.map((status) => barPaths([{ status }])[0]?.d)
    expect(new Set(shapes).size).toBe(states.length)
  })

  test('of no days is nothing', () => expect(barPaths([])).toEqual([]))
})
