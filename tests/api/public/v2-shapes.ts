import {
  address,
  anything,
  date,
  either,
  id,
  instant,
  keys,
  listOf,
  nothing,
  number,
  oneOf,
  orNull,
  type Shape,
  text,
  utcInstant,
  whole,
  yesOrNo,
} from '../../support/shape.ts'

/**
 * The documents of the dialect as tables: every key in its place, with its type. They were read off what real pages
 * publish, and `captured-documents.test.ts` compares them again where that is at hand.
 */

export const COMPONENT_STATUS = oneOf(
  ...['operational', 'degraded_performance', 'partial_outage', 'major_outage', 'under_maintenance'],
)
export const INCIDENT_STATUS = oneOf('investigating', 'identified', 'monitoring', 'resolved', 'postmortem')
const MAINTENANCE_STATUS = oneOf('scheduled', 'in_progress', 'verifying', 'completed')
export const IMPACT = oneOf('none', 'minor', 'major', 'critical', 'maintenance')
export const STATUS = keys({
  indicator: oneOf('none', 'minor', 'major', 'critical', 'maintenance'),
  description: oneOf(
    ...['All Systems Operational', 'Major System Outage', 'Partial System Outage', 'Minor Service Outage'],
    ...['Degraded System Service', 'Partially Degraded Service', 'Service Under Maintenance'],
  ),
})

/** What an update said of a component: the same for eight years. */
export const AFFECTED = keys({
  code: id,
  name: text,
  old_status: COMPONENT_STATUS,
  new_status: COMPONENT_STATUS,
})

interface Dialect {
  /** How this page writes instants. */
  at: Shape
  /** What is last in an incident, after its components. */
  last: Record<string, Shape>
}

function shapesOf({ at, last }: Dialect) {
  const page = keys({ id, name: text, url: address, time_zone: text, updated_at: at })
  const component = (more: Record<string, Shape>) =>
    keys({
      ...{ id, name: text, status: COMPONENT_STATUS, created_at: at, updated_at: at, position: whole },
      ...{ description: orNull(text), showcase: yesOrNo, start_date: orNull(date), group_id: orNull(id) },
      ...{ page_id: id, group: yesOrNo, only_show_if_degraded: yesOrNo },
      ...more,
    })
  const single = component({})
  const row = either(single, component({ components: listOf(id) }))
  const update = (status: Shape) =>
    keys({
      ...{ id, status, body: text, incident_id: id, created_at: at, updated_at: at, display_at: at },
      affected_components: orNull(listOf(AFFECTED)),
      ...{ deliver_notifications: yesOrNo, custom_tweet: nothing, tweet_id: nothing },
    })
  const happening = (status: Shape, more: Record<string, Shape>) =>
    keys({
      ...{ id, name: text, status, created_at: at, updated_at: at, monitoring_at: orNull(at) },
      ...{ resolved_at: orNull(at), impact: IMPACT, shortlink: address, started_at: at, page_id: id },
      ...{ incident_updates: listOf(update(status)), components: listOf(single) },
      ...more,
    })
  const incident = happening(INCIDENT_STATUS, last)
  const incidents = keys({ page, incidents: listOf(incident) })
  const maintenance = happening(MAINTENANCE_STATUS, { scheduled_for: at, scheduled_until: at })
  const maintenances = keys({ page, scheduled_maintenances: listOf(maintenance) })
  const documents = {
    'components.json': keys({ page, components: listOf(row) }),
    'incidents.json': incidents,
    'incidents/unresolved.json': incidents,
    'scheduled-maintenances.json': maintenances,
    'scheduled-maintenances/active.json': maintenances,
    'scheduled-maintenances/upcoming.json': maintenances,
    'status.json': keys({ page, status: STATUS }),
    'summary.json': keys({
      page,
      components: listOf(row),
      incidents: listOf(incident),
      scheduled_maintenances: listOf(maintenance),
      status: STATUS,
    }),
    'components/ID.json': keys({ page, component: row }),
    'incidents/ID.json': keys({ page, incident }),
  } satisfies Record<string, Shape>
  return { documents, component: single, incident, incidentUpdate: update(INCIDENT_STATUS) }
}

/** Ours: instants in UTC, nobody is reminded, and the promises last, which are told elsewhere. */
export const OURS = shapesOf({
  at: utcInstant,
  last: { reminder_intervals: nothing, sla: keys({ defects: listOf(anything) }) },
})
/** As pages publish them now. */
export const THEIRS = shapesOf({ at: instant, last: { reminder_intervals: orNull(text) } })
/** As they did in 2022. */
export const THEIRS_IN_2022 = shapesOf({ at: instant, last: {} })

export type DocumentName = keyof typeof OURS.documents

/** `/uptime/ID.json`, which nobody has captured. */
export const UPTIME = keys({
  component: keys({ id, name: text }),
  months: listOf(
    keys({
      ...{ key: text, uptime_percentage: orNull(number), partial_seconds: whole, major_seconds: whole },
      days: listOf(
        keys({
          ...{ date, p: orNull(whole), m: orNull(whole) },
          events: listOf(keys({ name: text, code: id })),
        }),
      ),
    }),
  ),
})
