/** What a token may change. Any token may read; `read` is for one that may do nothing else. */
export const SCOPES = [
  'components:write',
  'incidents:write',
  'defects:write',
  'sla:write',
  'staff:write',
  'read',
] as const
export type Scope = (typeof SCOPES)[number]

/** Whether these scopes allow what needs one; whoever may write something may read everything but staff matters. */
export function allows(scopes: readonly Scope[], needed: Scope): boolean {
  return needed === 'read' ? scopes.length > 0 : scopes.includes(needed)
}
