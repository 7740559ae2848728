import type { AuditEvent } from '../events/list-events.ts'
import type { Reader } from '../tx.ts'
import { signInWords } from './audit-words.ts'

/** What an event is about, by name; the address where the console shows it, where it does. */
export interface AuditSubject {
  name: string
  path: string | null
}

/** A kind of thing: where its names are, and where the console shows one. */
interface Kind {
  kinds: readonly string[]
  names(reader: Reader, ids: string[]): Promise<{ id: string; name: string }[]>
  path(id: string): string | null
}

const KINDS: Kind[] = [
  {
    // A draft is that of its incident.
    kinds: ['incident', 'postmortem_draft'],
    names: (reader, ids) =>
      reader.selectFrom('incident').select(['id', 'name']).where('id', 'in', ids).execute(),
    path: (id) => `/admin/incidents/${id}`,
  },
  {
    kinds: ['maintenance'],
    names: (reader, ids) =>
      reader.selectFrom('maintenance').select(['id', 'name']).where('id', 'in', ids).execute(),
    path: (id) => `/admin/maintenance/${id}`,
  },
  {
    kinds: ['incident_template'],
    names: (reader, ids) =>
      reader.selectFrom('incident_template').select(['id', 'title as name']).where('id', 'in', ids).execute(),
    path: (id) => `/admin/templates/${id}`,
  },
  {
    // Deadlines and verdicts are those of a defect.
    kinds: ['defect', 'sla.deadline_set', 'sla.goal_at_risk', 'sla.goal_missed', 'sla.verdict_recorded'],
    names: async (reader, ids) => {
      const rows = await reader
        .selectFrom('defect')
        .select(['id', 'key', 'title'])
        .where('id', 'in', ids)
        .execute()
      return rows.map(({ id, key, title }) => ({ id, name: `${key}: ${title}` }))
    },
    path: (id) => `/admin/defects/${id}`,
  },
  {
    kinds: ['release'],
    names: (reader, ids) =>
      reader.selectFrom('release').select(['id', 'name']).where('id', 'in', ids).execute(),
    path: (id) => `/admin/releases/${id}`,
  },
  {
    kinds: ['component'],
    names: (reader, ids) =>
      reader.selectFrom('component').select(['id', 'name']).where('id', 'in', ids).execute(),
    path: (id) => `/admin/components/${id}`,
  },
  {
    kinds: ['component_group'],
    names: (reader, ids) =>
      reader.selectFrom('component_group').select(['id', 'name']).where('id', 'in', ids).execute(),
    path: (id) => `/admin/components/groups/${id}`,
  },
  {
    kinds: ['staff', 'session.ended'],
    names: (reader, ids) =>
      reader.selectFrom('staff').select(['id', 'name']).where('id', 'in', ids).execute(),
    path: (id) => `/admin/staff/${id}`,
  },
  {
    kinds: ['invitation'],
    names: async (reader, ids) => {
      const rows = await reader
        .selectFrom('invitation')
        .select(['id', 'email'])
        .where('id', 'in', ids)
        .execute()
      // The set-up link alone is for nobody's address.
      return rows.map(({ id, email }) => ({ id, name: email ?? 'the first administrator' }))
    },
    path: () => null,
  },
  {
    kinds: ['token'],
    names: (reader, ids) =>
      reader.selectFrom('token').select(['id', 'name']).where('id', 'in', ids).execute(),
    path: () => null,
  },
  {
    kinds: ['page'],
    names: (reader, ids) => reader.selectFrom('page').select(['id', 'name']).where('id', 'in', ids).execute(),
    path: () => '/admin/page',
  },
  {
    kinds: ['sla.calendar_created', 'sla.calendar_revised'],
    names: (reader, ids) =>
      reader
        .selectFrom('sla_calendar')
        .select(['id', 'name'])
        .where('id', 'in', ids)
        .orderBy('version')
        .execute(),
    path: (id) => `/admin/sla/calendars/${id}`,
  },
  {
    kinds: ['sla.policy_created', 'sla.policy_revised'],
    names: (reader, ids) =>
      reader
        .selectFrom('sla_policy')
        .select(['id', 'name'])
        .where('id', 'in', ids)
        .orderBy('version')
        .execute(),
    path: (id) => `/admin/sla/policies/${id}`,
  },
  {
    kinds: ['sla.contract_created', 'sla.contract_revised'],
    names: (reader, ids) =>
      reader
        .selectFrom('sla_contract')
        .select(['id', 'name'])
        .where('id', 'in', ids)
        .orderBy('version')
        .execute(),
    path: (id) => `/admin/sla/contracts/${id}`,
  },
  {
    kinds: ['sla.contract_link_created', 'sla.contract_link_revoked'],
    names: async (reader, ids) => {
      const rows = await reader
        .selectFrom('sla_contract_link as link')
        .innerJoin('sla_contract as contract', 'contract.id', 'link.contract_id')
        .select(['link.id', 'link.name', 'contract.name as contract'])
        .where('link.id', 'in', ids)
        .orderBy('contract.version')
        .execute()
      return rows.map(({ id, name, contract }) => ({ id, name: `${contract}, for ${name}` }))
    },
    path: () => null,
  },
]

/** What each of these events is about: one question for each kind of thing, however many events there are. */
export async function readAuditSubjects(
  reader: Reader,
  events: readonly AuditEvent[],
): Promise<(event: AuditEvent) => AuditSubject> {
  // By kind as well: a policy and a calendar may have the same id.
  const found = new Map<Kind, Map<string, AuditSubject>>()
  for (const kind of KINDS) {
    const ids = [...new Set(events.filter((event) => isOf(kind, event)).map(({ subjectId }) => subjectId))]
    if (ids.length === 0) continue
    // Of several versions the newest, which comes last, has the name.
    const named = (await kind.names(reader, ids)).map(
      ({ id, name }) => [id, { name, path: kind.path(id) }] as const,
    )
    found.set(kind, new Map(named))
  }
  return (event) => {
    const kind = KINDS.find((one) => isOf(one, event))
    const subject = kind && found.get(kind)?.get(event.subjectId)
    return subject ?? { name: nameInEvent(event), path: null }
  }
}

function isOf({ kinds }: Kind, { type }: AuditEvent): boolean {
  return kinds.some((kind) => type === kind || type.startsWith(`${kind}.`))
}

/** Of what has no page of its own, or is gone: what the event says of it. */
function nameInEvent({ type, before, after, subjectId }: AuditEvent): string {
  const said = { ...(before as object | null), ...(after as object | null) } as Record<string, unknown>
  // Whoever comes and goes is named as the one who acts.
  if (type === 'session.signed_in') return signInWords(said)
  if (type === 'session.signed_out') return ''
  // What a template is called is its title; its name is that of an incident.
  for (const name of [said.title, said.name, said.channel]) if (typeof name === 'string') return name
  return subjectId
}
