import type { ComponentOrder } from '../domain/components/component-order.ts'
import { DomainError } from '../errors.ts'
import type { Form } from './form.ts'

type Section = ComponentOrder['sections'][number]

/** In a move, for the group that is none, and for the place after all others. */
const NONE = '-'

/** As a button says it: a component into this group, before that one of it, or last. */
export function componentMove(id: string, groupId: string | null, beforeId: string | undefined): string {
  return [id, groupId ?? NONE, beforeId ?? NONE].join(' ')
}

/** A group, or (null) all that stands alone, before that one, or last (undefined). */
export function sectionMove(groupId: string | null, before: { groupId: string | null } | undefined): string {
  return [groupId ?? NONE, before === undefined ? 'last' : (before.groupId ?? NONE)].join(' ')
}

/**
 * The order that comes of a move. It names its place by what stands there, so that a second press changes nothing more.
 * @throws DomainError `invalid` when what it names is no longer there
 */
export function movedOrder(sections: readonly Section[], form: Form): ComponentOrder {
  const [id = '', group = '', before = ''] = form.text('component').split(' ')
  if (id !== '') return { sections: withComponent(sections, id, { group, before }) }
  const [moved = '', place = ''] = form.text('section').split(' ')
  return { sections: withSection(sections, moved, place) }
}

function withComponent(
  sections: readonly Section[],
  id: string,
  { group, before }: { group: string; before: string },
): Section[] {
  if (id === before) return [...sections]
  if (!sections.some(({ components }) => components.includes(id))) throw gone()
  const without = sections.map((section) => ({
    ...section,
    components: section.components.filter((one) => one !== id),
  }))
  const target = without.find((section) => nameOf(section) === group)
  if (target === undefined) throw gone()
  const index = before === NONE ? target.components.length : target.components.indexOf(before)
  if (index < 0) throw gone()
  target.components.splice(index, 0, id)
  return without
}

function withSection(sections: readonly Section[], moved: string, place: string): Section[] {
  const section = sections.find((one) => nameOf(one) === moved)
  if (section === undefined) throw gone()
  if (moved === place) return [...sections]
  const others = sections.filter((one) => one !== section)
  const index = place === 'last' ? others.length : others.findIndex((one) => nameOf(one) === place)
  if (index < 0) throw gone()
  return others.toSpliced(index, 0, section)
}

function nameOf({ group_id }: Section): string {
  return group_id ?? NONE
}

function gone(): DomainError {
  return new DomainError(
    'invalid',
    'Somebody has changed the page meanwhile. Look where it stands now, and move it again.',
  )
}
