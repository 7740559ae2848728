/**
 * Without the fields that have no value: the description of Statuspage's API has no null, so a client that is made
 * from it takes a field that is absent and stumbles over one that is null.
 */
export function withoutNulls(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null))
}
