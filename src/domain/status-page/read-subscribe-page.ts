import type { Reader } from '../tx.ts'
import { choicesAmong, readChoosable } from './component-choices.ts'
import { readComponentStates } from './component-states.ts'
import { readHeadline } from './read-headline.ts'
import type { Viewpoint } from './viewpoint.ts'
import type { SubscribeView } from './views.ts'

/** What there is to follow: the page, or one component; undefined when there is none of that id on the page. */
export async function readSubscribePage(
  reader: Reader,
  { componentId }: { componentId: string | null },
  viewpoint: Viewpoint,
): Promise<SubscribeView | undefined> {
  const { page, headline } = await readHeadline(reader, viewpoint)
  const choices = choicesAmong(await readChoosable(reader))
  if (componentId === null) return { page, choices, component: null, status: headline.status }
  const [state] = await readComponentStates(reader, viewpoint, { ids: [componentId] })
  if (state === undefined) return undefined
  const { id, name } = state.component
  return { page, choices, component: { id, name }, status: state.status }
}
