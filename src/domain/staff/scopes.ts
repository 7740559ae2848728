/** What somebody may change. Whoever is let in may read; `read` is for who may do nothing else. */
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

/** What a member of staff is there for. */
export const ROLES = ['administrator', 'responder', 'sla_manager', 'viewer'] as const
export type Role = (typeof ROLES)[number]

const SCOPES_OF: Record<Role, readonly Scope[]> = {
  administrator: SCOPES,
  responder: ['incidents:write', 'defects:write', 'read'],
  // Releases are entered with `defects:write`.
  sla_manager: ['defects:write', 'sla:write', 'read'],
  viewer: ['read'],
}

/** What a role may do. */
export function scopesOf(role: Role): readonly Scope[] {
  return SCOPES_OF[role]
}

/** Those who may do what needs a scope. */
export function rolesWith(scope: Scope): Role[] {
  return ROLES.filter((role) => allows(SCOPES_OF[role], scope))
}

const ROLE_WORDS: Record<Role, { name: string; may: string }> = {
  administrator: { name: 'Administrator', may: 'may do everything' },
  responder: { name: 'Responder', may: 'posts incidents and maintenance, works on defects' },
  sla_manager: { name: 'SLA manager', may: 'keeps terms, contracts and releases, works on defects' },
  viewer: { name: 'Viewer', may: 'reads, and changes nothing' },
}

/** A role as people say it. */
export function roleName(role: Role): string {
  return ROLE_WORDS[role].name
}

/** What a role is there for: “posts incidents and maintenance, works on defects”. */
export function roleDuties(role: Role): string {
  return ROLE_WORDS[role].may
}

/** A role with what it may do: “a responder: posts incidents …”. */
export function roleWords(role: Role): string {
  return `${roleName(role)}: ${roleDuties(role)}`
}
