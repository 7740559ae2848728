import { listComponentGroups } from '../components/component-groups.ts'
import { COMPONENT_STATUSES } from '../components/component-status.ts'
import type { Reader } from '../tx.ts'
import { inSections, type Section } from './component-sections.ts'
import type { ComponentState } from './component-states.ts'
import { type Moment, readComponentViews } from './component-views.ts'
import { rollUp } from './roll-up.ts'
import type { AffectedComponent, ComponentBrief, ComponentSection, HomeComponents } from './views.ts'

/** So many components stand on the page in full; of more, only those that do not work. */
export const MOST_WITH_BARS = 250
/** So many of those that do not work a reader can take in. */
export const MOST_AFFECTED = 60

/** What the home page shows of these components, which come in the order of the page. */
export async function readHomeComponents(
  reader: Reader,
  states: readonly ComponentState[],
  moment: Moment,
): Promise<HomeComponents> {
  const shown = states.filter(
    ({ component, status }) => !component.onlyShowIfDegraded || status !== 'operational',
  )
  const sections = inSections(await listComponentGroups(reader), shown).filter((one) => one.states.length > 0)
  if (shown.length <= MOST_WITH_BARS) {
    const views = new Map((await readComponentViews(reader, shown, moment)).map((view) => [view.id, view]))
    return {
      areMany: false,
      sections: sections.map((one) => sectionView(one, ({ component }) => views.get(component.id) ?? [])),
    }
  }
  const affected = shown
    .filter(({ status }) => status !== 'operational')
    .sort((a, b) => COMPONENT_STATUSES.indexOf(b.status) - COMPONENT_STATUSES.indexOf(a.status))
    .slice(0, MOST_AFFECTED)
  const groupNames = new Map(
    sections.flatMap(({ group, states }) =>
      states.map(({ component }) => [component.id as string, group?.name ?? null] as const),
    ),
  )
  return {
    areMany: true,
    sections: sections.map((one) => sectionView(one, briefOf)),
    affected: (await readComponentViews(reader, affected, moment)).map(
      (view): AffectedComponent => ({ ...view, groupName: groupNames.get(view.id) ?? null }),
    ),
  }
}

/** A component by name and state alone. */
export function briefOf({ component: { id, name }, status }: ComponentState): ComponentBrief {
  return { id, name, status }
}

/** A section as pages draw it, with what is told of each member. */
export function sectionView<Member extends ComponentBrief>(
  { group, states }: Section,
  memberOf: (state: ComponentState) => Member | [],
): ComponentSection<Member> {
  return {
    id: group?.id ?? null,
    name: group?.name ?? null,
    description: group?.description ?? null,
    status: rollUp(states.map(({ status }) => status)).status,
    components: states.flatMap(memberOf),
  }
}
