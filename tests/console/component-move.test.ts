import { describe, expect, test } from 'vitest'
import { componentMove, movedOrder, sectionMove } from '../../src/console/component-move.ts'
import { Form } from '../../src/console/form.ts'

const ORDER = [
  { group_id: 'g1', components: ['a', 'b', 'c'] },
  { group_id: null, components: ['d'] },
  { group_id: 'g2', components: [] },
]

describe('a move', () => {
  test.each([
    ['up', { component: componentMove('c', 'g1', 'b') }, 'g1: a c b; null: d; g2: '],
    ['down', { component: componentMove('a', 'g1', 'c') }, 'g1: b a c; null: d; g2: '],
    ['last', { component: componentMove('a', 'g1', undefined) }, 'g1: b c a; null: d; g2: '],
    ['into another group', { component: componentMove('b', 'g2', undefined) }, 'g1: a c; null: d; g2: b'],
    ['out of its group', { component: componentMove('b', null, 'd') }, 'g1: a c; null: b d; g2: '],
    ['before itself', { component: componentMove('b', 'g1', 'b') }, 'g1: a b c; null: d; g2: '],
    ['of a group', { section: sectionMove('g2', { groupId: 'g1' }) }, 'g2: ; g1: a b c; null: d'],
    ['of what stands alone', { section: sectionMove(null, undefined) }, 'g1: a b c; g2: ; null: d'],
    [
      'of a group before what stands alone',
      { section: sectionMove('g2', { groupId: null }) },
      'g1: a b c; g2: ; null: d',
    ],
  ])('%s goes where it says, however often it is sent', (_, fields, expected) => {
    const form = new Form(new URLSearchParams(fields as Record<string, string>))
    const once = movedOrder(ORDER, form)
    const words = once.sections.map(({ group_id, components }) => `${group_id}: ${components.join(' ')}`)
    expect(words.join('; ')).toBe(expected)
    expect(movedOrder(once.sections, form)).toEqual(once)
  })

  test.each([
    { component: componentMove('x', 'g1', 'a') },
    { component: componentMove('a', 'g3', undefined) },
    { component: componentMove('a', 'g2', 'b') },
    { section: sectionMove('g3', undefined) },
    { section: sectionMove('g1', { groupId: 'g3' }) },
    {},
  ])('to or of what is no longer there is refused: %o', (fields) => {
    const form = new Form(new URLSearchParams(fields as Record<string, string>))
    expect(() => movedOrder(ORDER, form)).toThrow('changed the page meanwhile')
  })
})
