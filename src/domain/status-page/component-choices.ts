import type { Component } from '../components/component.ts'
import { listComponents } from '../components/components.ts'
import type { Reader } from '../tx.ts'
import { MOST_WITH_BARS } from './home-components.ts'
import type { ComponentChoices } from './views.ts'

/** As many components as there are to choose from, and one more where they are too many. */
export async function readChoosable(
  reader: Reader,
  options: { isShowcased?: boolean } = {},
): Promise<Component[]> {
  return listComponents(reader, { ...options, limit: MOST_WITH_BARS + 1 })
}

/** Where the home page shows names alone, a component is found in its groups, and other pages are spared the list. */
export function choicesAmong(choosable: readonly Component[]): ComponentChoices {
  if (choosable.length > MOST_WITH_BARS) return null
  return choosable.map(({ id, name }) => ({ id, name }))
}
