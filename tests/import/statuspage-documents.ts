import type { StatuspageDocuments } from '../../src/import/statuspage/source.ts'

/** Records as a page of the v2 dialect publishes them, made for the tests; what a test does not name is ordinary. */
type Json = Record<string, unknown>

export function documents(parts: Partial<StatuspageDocuments> = {}): StatuspageDocuments {
  return {
    page: { id: 'harbourpage1', name: 'Harbour Line', time_zone: 'Europe/Lisbon' },
    components: [component('ferries00001', 'Ferries')],
    incidents: [],
    maintenances: [],
    notes: [],
    ...parts,
  }
}

export function component(id: string, name: string, more: Json = {}): Json {
  return {
    id,
    name,
    status: 'operational',
    position: 1,
    group: false,
    group_id: null,
    created_at: '2024-01-01T00:00:00.000Z',
    updated_at: '2024-01-01T00:00:00.000Z',
    ...more,
  }
}

export function incident(id: string, updates: Json[], more: Json = {}): Json {
  return {
    id,
    name: 'Ferries stand still',
    status: 'resolved',
    impact: 'major',
    created_at: '2026-03-10T08:00:00.000Z',
    updated_at: '2026-03-10T10:00:00.000Z',
    // Documents list the newest first.
    incident_updates: updates.toReversed(),
    components: [],
    ...more,
  }
}

export function update(
  id: string,
  status: string,
  at: string,
  affected: Json[] | null = null,
  more: Json = {},
): Json {
  return {
    id,
    status,
    body: `It is ${status}.`,
    created_at: at,
    display_at: at,
    updated_at: at,
    deliver_notifications: true,
    affected_components: affected,
    ...more,
  }
}

export function affected(code: string, name: string, new_status: string): Json {
  return { code, name, old_status: 'operational', new_status }
}

const ferries = (status: string) => [affected('ferries00001', 'Ferries', status)]

/** An outage of two hours, from 8 to 10 in UTC. */
export function outage(id = 'outage000001', more: Json = {}): Json {
  return incident(
    id,
    [
      update(`${id}a`, 'investigating', '2026-03-10T08:00:00.000Z', ferries('partial_outage')),
      update(`${id}b`, 'resolved', '2026-03-10T10:00:00.000Z', ferries('operational')),
    ],
    more,
  )
}

export function maintenance(id: string, updates: Json[], more: Json = {}): Json {
  return {
    id,
    name: 'New pier',
    status: 'completed',
    impact: 'maintenance',
    created_at: '2026-04-01T08:00:00.000Z',
    updated_at: '2026-04-02T06:00:00.000Z',
    scheduled_for: '2026-04-02T04:00:00.000Z',
    scheduled_until: '2026-04-02T06:00:00.000Z',
    incident_updates: updates.toReversed(),
    components: [],
    ...more,
  }
}
