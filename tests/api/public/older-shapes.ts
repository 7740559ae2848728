import {
  address,
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
  whole,
  yesOrNo,
} from '../../support/shape.ts'
import { AFFECTED, COMPONENT_STATUS, IMPACT, INCIDENT_STATUS, STATUS } from './v2-shapes.ts'

/** Things of the dialect as pages tell them, or told them, elsewhere than in its documents: other keys, another order. */

/** In the body of a webhook, in 2017. */
const WEBHOOK_COMPONENT = keys({
  ...{ status: COMPONENT_STATUS, name: text, created_at: instant, updated_at: instant, position: whole },
  ...{ description: orNull(text), showcase: yesOrNo, id, page_id: id, group_id: orNull(id) },
})
const WEBHOOK_UPDATE = keys({
  ...{ status: INCIDENT_STATUS, body: text, created_at: instant, wants_twitter_update: yesOrNo },
  ...{ twitter_updated_at: nothing, updated_at: instant, display_at: instant },
  ...{ affected_components: orNull(listOf(AFFECTED)), custom_tweet: nothing, deliver_notifications: yesOrNo },
  ...{ id, incident_id: id },
})
const WEBHOOK_INCIDENT = keys({
  ...{ name: text, status: INCIDENT_STATUS, created_at: instant, updated_at: instant },
  ...{ monitoring_at: orNull(instant), resolved_at: orNull(instant), impact: IMPACT, shortlink: address },
  ...{ postmortem_ignored: yesOrNo, postmortem_body: orNull(text) },
  ...{ postmortem_body_last_updated_at: orNull(instant), postmortem_published_at: orNull(instant) },
  ...{ postmortem_notified_subscribers: yesOrNo, postmortem_notified_twitter: yesOrNo, backfilled: yesOrNo },
  ...{ scheduled_for: orNull(instant), scheduled_until: orNull(instant), scheduled_remind_prior: yesOrNo },
  ...{ scheduled_reminded_at: orNull(instant), impact_override: orNull(IMPACT) },
  ...{ scheduled_auto_in_progress: yesOrNo, scheduled_auto_completed: yesOrNo, id, page_id: id },
  ...{ incident_updates: listOf(WEBHOOK_UPDATE), components: listOf(WEBHOOK_COMPONENT) },
})
const { indicator, description } = STATUS.keys
const WEBHOOK_HEAD = {
  meta: keys({ unsubscribe: text, documentation: text, generated_at: instant }),
  page: keys({ id, status_indicator: indicator, status_description: description }),
}
export const WEBHOOKS = {
  incident: keys({ ...WEBHOOK_HEAD, incident: WEBHOOK_INCIDENT }),
  component: keys({
    ...WEBHOOK_HEAD,
    component: WEBHOOK_COMPONENT,
    component_update: keys({
      ...{ old_status: COMPONENT_STATUS, new_status: COMPONENT_STATUS, created_at: instant },
      ...{ component_type: oneOf('Component', 'ComponentGroup'), id, component_id: id },
    }),
  }),
}

/** Within the document of one incident, beside its page. */
const INNER_COMPONENT = keys({
  ...{ status: COMPONENT_STATUS, name: text, created_at: instant, updated_at: instant, position: whole },
  ...{ description: orNull(text), showcase: yesOrNo, start_date: orNull(instant), id, page_id: id },
  ...{ group_id: orNull(id) },
})
const INNER_UPDATE = keys({
  ...{ status: INCIDENT_STATUS, body: text, created_at: instant, wants_twitter_update: yesOrNo },
  ...{
    twitter_updated_at: nothing,
    updated_at: instant,
    display_at: instant,
    deliver_notifications: yesOrNo,
  },
  ...{ tweet_id: nothing, id, incident_id: id, custom_tweet: nothing },
  ...{ affected_components: orNull(listOf(AFFECTED)) },
})
/** @param incident whose own keys it has */
export function innerIncident(incident: { keys: Record<string, Shape> }) {
  const within = { incident_updates: listOf(INNER_UPDATE), components: listOf(INNER_COMPONENT) }
  return keys({ ...incident.keys, ...within })
}

/** Measurements that a page draws as graphs. */
export const METRICS: Shape = keys({
  period: keys({ count: whole, interval: whole, identifier: oneOf('day', 'week', 'month') }),
  metrics: listOf(
    keys({
      metric: keys({
        ...{ name: text, metric_identifier: text, created_at: instant, updated_at: instant, id },
        ...{ metrics_provider_id: id, metrics_display_id: id, most_recent_data_at: instant },
        ...{ backfilled: yesOrNo, last_fetched_at: instant, backfill_percentage: number },
      }),
      summary: keys({ sum: number, mean: number }),
      data: listOf(keys({ timestamp: whole, value: number })),
    }),
  ),
  summary: keys({ sum: number, mean: number, last: either(number, nothing) }),
})

interface SameThing {
  older: { keys: Record<string, Shape> }
  is: 'component' | 'incident' | 'incidentUpdate'
  lacks: string[]
}

/** Each of these is a thing of the dialect's documents too; under `lacks` are the keys that those have no place for. */
export const SAME_THINGS: Record<string, SameThing> = {
  'a component of a webhook': { older: WEBHOOK_COMPONENT, is: 'component', lacks: [] },
  // Nobody posts to Twitter from here, and the two were always as good as empty.
  'an update of a webhook': {
    older: WEBHOOK_UPDATE,
    is: 'incidentUpdate',
    lacks: ['wants_twitter_update', 'twitter_updated_at'],
  },
  // What staff see of an incident stands in the answers of the admin API, `/v1`; maintenances have documents of their own.
  'an incident of a webhook': {
    older: WEBHOOK_INCIDENT,
    is: 'incident',
    lacks: [
      ...[
        'postmortem_ignored',
        'postmortem_body',
        'postmortem_body_last_updated_at',
        'postmortem_published_at',
      ],
      ...['postmortem_notified_subscribers', 'postmortem_notified_twitter', 'backfilled', 'scheduled_for'],
      ...['scheduled_until', 'scheduled_remind_prior', 'scheduled_reminded_at', 'impact_override'],
      ...['scheduled_auto_in_progress', 'scheduled_auto_completed'],
    ],
  },
  'a component within an incident': { older: INNER_COMPONENT, is: 'component', lacks: [] },
  'an update within an incident': {
    older: INNER_UPDATE,
    is: 'incidentUpdate',
    lacks: ['wants_twitter_update', 'twitter_updated_at'],
  },
}

/** Keys that are there in both, of another type: an instant there is a date in the documents, and lists have such things. */
export const OTHER_TYPES = ['start_date', 'incident_updates', 'components']
