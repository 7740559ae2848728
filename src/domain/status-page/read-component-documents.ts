import {
  type ComponentGroup,
  findComponentGroup,
  listComponentGroups,
} from '../components/component-groups.ts'
import type { Reader } from '../tx.ts'
import { inSections } from './component-sections.ts'
import { type ComponentState, readComponentStates } from './component-states.ts'
import { readDocumentPage } from './document-page.ts'
import type { ComponentDocument, ComponentLine, ComponentsDocument } from './document-views.ts'
import { rollUp } from './roll-up.ts'
import type { Viewpoint } from './viewpoint.ts'

/** Every component of the page, and its groups. */
export async function readComponentsDocument(
  reader: Reader,
  viewpoint: Viewpoint,
): Promise<ComponentsDocument> {
  return {
    page: await readDocumentPage(reader, viewpoint),
    components: await readComponentLines(reader, await readComponentStates(reader, viewpoint)),
  }
}

/** One component or group; undefined when there is none of that id on the page. */
export async function readComponentDocument(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<ComponentDocument | undefined> {
  const [state] = await readComponentStates(reader, viewpoint, { ids: [id] })
  const component: ComponentLine | undefined = state
    ? { kind: 'component', state }
    : await readGroupLine(reader, id, viewpoint)
  return component && { page: await readDocumentPage(reader, viewpoint), component }
}

async function readGroupLine(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<ComponentLine | undefined> {
  const group = await findComponentGroup(reader, id)
  if (!group) return undefined
  const states = await readComponentStates(reader, viewpoint)
  return groupLine(
    group,
    states.filter(({ component }) => component.groupId === group.id),
  )
}

/** These components, which come in the order of the page, with the groups that they are in. */
export async function readComponentLines(
  reader: Reader,
  states: readonly ComponentState[],
): Promise<ComponentLine[]> {
  return inSections(await listComponentGroups(reader), states).flatMap(({ group, states: members }) => [
    ...(group === null ? [] : [groupLine(group, members)]),
    ...members.map((state): ComponentLine => ({ kind: 'component', state })),
  ])
}

/** The state of a group is that of its members, so it changes with them. */
function groupLine(group: ComponentGroup, members: ComponentState[]): ComponentLine {
  const updatedAt = Math.max(group.updatedAt, ...members.map(({ component }) => component.updatedAt))
  return {
    kind: 'group',
    group: { ...group, updatedAt },
    status: rollUp(members.map(({ status }) => status)).status,
    memberIds: members.map(({ component }) => component.id),
  }
}
