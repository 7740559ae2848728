import { isDeepStrictEqual } from 'node:util'

/**
 * The fields that were sent and differ from what is there: whoever repeats what is so already changes nothing, and is
 * not refused what may no longer be changed.
 */
export function changesFrom<Fields extends Record<string, unknown>>(
  sent: Fields,
  before: Partial<Record<keyof Fields, unknown>> = {},
): { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> } {
  const changed = Object.entries(sent).filter(
    ([name, value]) => value !== undefined && !(name in before && isDeepStrictEqual(value, before[name])),
  )
  return Object.fromEntries(changed) as { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> }
}
