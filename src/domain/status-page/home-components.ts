import type { Component } from '../components/component.ts'
import { listComponentGroups } from '../components/component-groups.ts'
import { COMPONENT_STATUSES, worstStatus } from '../components/component-status.ts'
import { readComponentStatuses } from '../components/impacts.ts'
import type { Reader } from '../tx.ts'
import { type ComponentState, type Moment, readComponentViews } from './component-views.ts'
import type { AffectedComponent, ComponentBrief, ComponentSection, HomeComponents } from './views.ts'

/** So many components stand on the page in full; of more, only those that do not work. */
export const MOST_WITH_BARS = 250
/** So many of those that do not work a reader can take in. */
export const MOST_AFFECTED = 60

/** What the home page shows of these components, which come in the order of the page. */
export async function readHomeComponents(
  reader: Reader,
  components: readonly Component[],
  moment: Moment,
): Promise<HomeComponents> {
  const statuses = await readComponentStatuses(reader, moment.now)
  const shown = components
    .map((component): ComponentState => ({ component, status: statuses.get(component.id) ?? 'operational' }))
    .filter(({ component, status }) => !component.onlyShowIfDegraded || status !== 'operational')
  if (shown.length <= MOST_WITH_BARS) {
    const views = await readComponentViews(reader, shown, moment)
    return { areMany: false, sections: await readSections(reader, components, views) }
  }
  const sections = await readSections(reader, components, shown.map(briefOf))
  const affected = shown
    .filter(({ status }) => status !== 'operational')
    .sort((a, b) => COMPONENT_STATUSES.indexOf(b.status) - COMPONENT_STATUSES.indexOf(a.status))
    .slice(0, MOST_AFFECTED)
  const views = await readComponentViews(reader, affected, moment)
  const groupNames = new Map(
    sections.flatMap(({ name, components }) => components.map(({ id }) => [id, name] as const)),
  )
  return {
    areMany: true,
    sections,
    affected: views.map(
      (view): AffectedComponent => ({ ...view, groupName: groupNames.get(view.id) ?? null }),
    ),
  }
}

export function briefOf({ component: { id, name }, status }: ComponentState): ComponentBrief {
  return { id, name, status }
}

/** Members in their groups, in the order of the page; those that stand alone come between the groups. */
export async function readSections<Member extends ComponentBrief>(
  reader: Reader,
  components: readonly Component[],
  members: readonly Member[],
): Promise<ComponentSection<Member>[]> {
  const byId = new Map(components.map((component) => [component.id as string, component]))
  const byGroup = Map.groupBy(members, ({ id }) => byId.get(id)?.groupId ?? null)
  const sections = (await listComponentGroups(reader)).map((group) => ({
    position: group.position,
    section: sectionOf(group, byGroup.get(group.id) ?? []),
  }))
  const alone = byGroup.get(null) ?? []
  const [firstAlone] = alone
  if (firstAlone !== undefined) {
    const position = byId.get(firstAlone.id)?.position ?? 0
    sections.push({ position, section: sectionOf(null, alone) })
  }
  return sections
    .filter(({ section }) => section.components.length > 0)
    .sort((a, b) => a.position - b.position)
    .map(({ section }) => section)
}

function sectionOf<Member extends ComponentBrief>(
  group: { id: string; name: string; description: string | null } | null,
  components: Member[],
): ComponentSection<Member> {
  return {
    id: group?.id ?? null,
    name: group?.name ?? null,
    description: group?.description ?? null,
    status: worstStatus(components.map(({ status }) => status)),
    components,
  }
}
