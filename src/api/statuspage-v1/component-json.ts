import type { ComponentState } from '../../domain/status-page/component-states.ts'
import { componentJson as publicComponentJson } from '../../render/v2/component-json.ts'
import type { View } from './v1-routes.ts'
import { withoutNulls } from './without-nulls.ts'

/** A component as it is now, in the words of the public documents, which are Statuspage's as well. */
export function componentJson(state: ComponentState, { page }: View): object {
  return withoutNulls({ ...publicComponentJson(state, page) })
}
