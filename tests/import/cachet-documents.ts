/** What the two versions of Cachet's API answer about one page, made for the tests. Cachet writes times without a zone. */
type Json = Record<string, unknown>

const times = (created: string, updated = created) => ({ created_at: created, updated_at: updated })

/** Version 2, below `/api/v1`. */
export const V1 = {
  groups: [
    { id: 1, name: 'Islands', order: 0, collapsed: 0, visible: 1, ...times('2024-01-01 08:00:00') },
    { id: 2, name: 'Depot', order: 1, collapsed: 0, visible: 0, ...times('2024-01-01 08:00:00') },
  ],
  components: [
    component(1, 'Ferries', { group_id: 1, status: 4, description: 'All of them' }),
    component(2, 'Tickets', { status: 2, order: 3 }),
    component(3, 'Cranes', { group_id: 2, status: 4 }),
    component(4, 'Old tram', { enabled: false }),
  ],
  incidents: [
    {
      ...{ id: 7, name: 'No ferries', message: 'Nothing leaves the harbour.', status: 2, visible: 1 },
      ...{ component_id: 1, stickied: false, occurred_at: '2026-03-10 08:00:00', deleted_at: null },
      ...times('2026-03-10 08:10:00', '2026-03-10 09:00:00'),
      updates: [
        { id: 31, incident_id: 7, status: 2, message: 'It is the fog.', ...times('2026-03-10 09:00:00') },
      ],
    },
    {
      ...{ id: 5, name: 'Late ferries', message: 'They were late.', status: 4, visible: 1, component_id: 1 },
      ...times('2025-11-03 06:00:00', '2025-11-03 10:00:00'),
      updates: [
        { id: 20, incident_id: 5, status: 3, message: 'They are back.', ...times('2025-11-03 09:00:00') },
      ],
    },
    {
      ...{ id: 6, name: 'Secret', message: 'Not for everybody.', status: 1, visible: 0, component_id: 3 },
      ...times('2026-01-01 00:00:00'),
      updates: [],
    },
  ],
  schedules: [
    {
      ...{ id: 9, name: 'New pier', message: 'Pier 2 is closed.', status: 2 },
      ...{ scheduled_at: '2026-04-02 04:00:00', completed_at: '2026-04-02 06:00:00' },
      ...times('2026-04-01 08:00:00'),
      components: [{ id: 3, schedule_id: 9, component_id: 1, component_status: 3 }],
    },
    {
      ...{ id: 10, name: 'Some day', message: 'No end.', status: 0, scheduled_at: '2027-04-02 04:00:00' },
      ...{ completed_at: null, components: [] },
      ...times('2026-04-01 08:00:00'),
    },
  ],
}

function component(id: number, name: string, more: Json): Json {
  return {
    ...{ id, name, description: '', link: '', status: 1, order: 0, group_id: 0, enabled: true, meta: null },
    ...times('2024-01-01 08:00:00'),
    ...{ deleted_at: null, status_name: 'Operational', tags: [] },
    ...more,
  }
}

/** A page of a list as version 2 answers it. */
export function v1Page(data: unknown[], page = 1, total_pages = 1): Json {
  const pagination = {
    total: data.length,
    count: data.length,
    per_page: 100,
    current_page: page,
    total_pages,
  }
  return { meta: { pagination: { ...pagination, links: { next_page: null, previous_page: null } } }, data }
}

/** The same page as version 3 tells it: JSON:API, with states and times in objects of their own. */
export function v3Page(type: string, rows: Json[], next: string | null = null): Json {
  const included = new Map<string, Json>()
  const data = rows.map((row) => resource(type, row, included))
  return {
    data,
    included: [...included.values()],
    links: { first: null, last: null, prev: null, next },
    meta: {},
  }
}

function resource(type: string, row: Json, included: Map<string, Json>): Json {
  const { id, group_id, component_id, components, updates, ...rest } = row
  const attributes = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => {
      if (key.endsWith('_at')) return [key.slice(0, -'_at'.length), { human: 'long ago', string: value }]
      return key === 'status' && type !== 'components' ? [key, { human: 'So', value }] : [key, value]
    }),
  )
  const touched = (components as { component_id: number }[] | undefined)?.map((one) => one.component_id)
  const ids = touched ?? (component_id === undefined ? [] : [component_id])
  const told = (updates ?? []) as Json[]
  for (const update of told) included.set(`updates ${update.id}`, resource('updates', update, included))
  return {
    id: String(id),
    type,
    attributes: { id, ...attributes },
    relationships: {
      ...(group_id ? { group: { data: { type: 'componentGroups', id: String(group_id) } } } : {}),
      components: { data: ids.map((one) => ({ type: 'components', id: String(one) })) },
      updates: { data: told.map((update) => ({ type: 'updates', id: String(update.id) })) },
    },
  }
}
