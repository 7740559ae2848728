import { describe, expect, test } from 'vitest'
import type { AffectedComponent, ComponentBrief } from '../../src/domain/status-page/views.ts'
import { workingSentences } from '../../src/ui/component-words.ts'

describe('how many components work', () => {
  test('is one sentence where all do', () => {
    expect(workingSentences(page(2_000, 0, 0))).toEqual(['All 2,000 components are working.'])
  })

  test('is told by those that do', () => {
    expect(workingSentences(page(2_000, 3, 3))).toEqual(['1,997 of 2,000 components are working.'])
    expect(workingSentences(page(61, 61, 61))).toEqual(['0 of 61 components are working.'])
  })

  test('says where the others stand when they are many as well', () => {
    expect(workingSentences(page(2_000, 1_200, 60))).toEqual([
      '800 of 2,000 components are working.',
      'The worst of the others stand here; 1,140 more are marked in their groups.',
    ])
  })
})

function page(count: number, affected: number, drawn: number) {
  const components = Array.from(
    { length: count },
    (_, index): ComponentBrief => ({
      id: `c${index}`,
      name: `Part ${index}`,
      status: index < affected ? 'partial_outage' : 'operational',
    }),
  )
  return {
    areMany: true as const,
    sections: [{ id: null, name: null, description: null, status: 'operational' as const, components }],
    affected: components.slice(0, drawn).map(
      (brief): AffectedComponent => ({
        ...brief,
        description: null,
        startOn: '2026-01-01',
        bars: [],
        uptimeRatio: 1,
        groupName: null,
      }),
    ),
  }
}
