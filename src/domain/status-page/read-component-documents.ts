import { type ComponentGroup, listComponentGroups } from '../components/component-groups.ts'
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
  const { page, components } = await readComponentsDocument(reader, viewpoint)
  const component = components.find((line) => idOf(line) === id)
  return component && { page, component }
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

function groupLine(group: ComponentGroup, members: ComponentState[]): ComponentLine {
  return {
    kind: 'group',
    group,
    status: rollUp(members.map(({ status }) => status)).status,
    memberIds: members.map(({ component }) => component.id),
  }
}

function idOf(line: ComponentLine): string {
  return line.kind === 'group' ? line.group.id : line.state.component.id
}
