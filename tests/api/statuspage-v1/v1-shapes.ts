import {
  anything,
  date,
  either,
  id,
  instant,
  listOf,
  number,
  object,
  oneOf,
  type Shape,
  some,
  text,
  whole,
  yesOrNo,
} from '../../support/shape.ts'

/**
 * The answers of Statuspage's API as tables: the keys that its description has, with their types, each of which may be
 * missing. `description.test.ts` compares them with the description where that is at hand.
 */

const COMPONENT_STATUS = oneOf(
  ...['operational', 'under_maintenance', 'degraded_performance', 'partial_outage', 'major_outage'],
)
const STATUS = oneOf(
  ...['investigating', 'identified', 'monitoring', 'resolved'],
  ...['scheduled', 'in_progress', 'verifying', 'completed'],
)
const IMPACT = oneOf('none', 'maintenance', 'minor', 'major', 'critical')

const COMPONENT = some({
  ...{ id, page_id: id, group_id: id, created_at: instant, updated_at: instant, group: yesOrNo, name: text },
  ...{ description: text, position: whole, status: COMPONENT_STATUS, showcase: yesOrNo },
  ...{ only_show_if_degraded: yesOrNo, automation_email: text, start_date: date },
})
const UPDATE = some({
  ...{ id, incident_id: id, affected_components: listOf(anything), body: text, created_at: instant },
  ...{ custom_tweet: text, deliver_notifications: yesOrNo, display_at: instant, status: STATUS },
  ...{ tweet_id: text, twitter_updated_at: instant, updated_at: instant, wants_twitter_update: yesOrNo },
})

export const V1 = {
  Component: COMPONENT,
  IncidentUpdate: UPDATE,
  Incident: some({
    ...{ id, components: listOf(COMPONENT), created_at: instant, impact: IMPACT, impact_override: IMPACT },
    ...{ incident_updates: listOf(UPDATE), metadata: object, monitoring_at: instant, name: text },
    ...{ page_id: id, postmortem_body: text, postmortem_body_last_updated_at: instant },
    ...{ postmortem_ignored: yesOrNo, postmortem_notified_subscribers: yesOrNo },
    ...{ postmortem_notified_twitter: yesOrNo, postmortem_published_at: yesOrNo, resolved_at: instant },
    ...{ scheduled_auto_completed: yesOrNo, scheduled_auto_in_progress: yesOrNo, scheduled_for: instant },
    ...{ auto_transition_deliver_notifications_at_end: yesOrNo },
    ...{ auto_transition_deliver_notifications_at_start: yesOrNo },
    ...{ auto_transition_to_maintenance_state: yesOrNo, auto_transition_to_operational_state: yesOrNo },
    ...{ scheduled_remind_prior: yesOrNo, scheduled_reminded_at: instant, scheduled_until: instant },
    ...{ shortlink: text, status: STATUS, updated_at: instant },
  }),
  GroupComponent: some({
    ...{ id, page_id: id, name: text, description: text, components: listOf(id), position: whole },
    ...{ created_at: instant, updated_at: instant },
  }),
  Postmortem: some({
    ...{ preview_key: text, body: text, body_updated_at: instant, body_draft: text },
    ...{ body_draft_updated_at: instant, published_at: instant, notify_subscribers: yesOrNo },
    ...{ notify_twitter: yesOrNo, custom_tweet: text, created_at: instant, updated_at: instant },
  }),
  ComponentUptime: some({
    ...{ range_start: instant, range_end: instant, uptime_percentage: number, major_outage: whole },
    ...{ partial_outage: whole, warnings: text, id, name: text, related_events: some({ id }) },
  }),
  /** Of its 43 keys those that have a counterpart here. */
  Page: some({
    ...{ id, created_at: instant, updated_at: instant, name: text, domain: text, url: text },
    ...{ support_url: text, hidden_from_search: yesOrNo, allow_page_subscribers: yesOrNo },
    ...{ allow_incident_subscribers: yesOrNo, allow_email_subscribers: yesOrNo },
    ...{ allow_sms_subscribers: yesOrNo, allow_rss_atom_feeds: yesOrNo },
    ...{ allow_webhook_subscribers: yesOrNo, viewers_must_be_team_members: yesOrNo, time_zone: text },
  }),
}

/** The description has the message; clients read the error. */
const ERROR = some({ message: text, error: either(text, listOf(text)) })

const KINDS: [path: RegExp, shape: Shape][] = [
  [/^\/pages(\/\w+)?$/, V1.Page],
  [/\/components(\/\w+)?$/, V1.Component],
  [/\/components\/\w+\/uptime$/, V1.ComponentUptime],
  [/\/component-groups(\/\w+)?$/, V1.GroupComponent],
  [/\/incidents(\/\w+)?$/, V1.Incident],
  [/\/incident_updates\/\w+$/, V1.IncidentUpdate],
  [/\/postmortem(\/(publish|revert))?$/, V1.Postmortem],
]
/** Addresses that are asked for several things. */
const LIST =
  /\/(pages|components|component-groups|incidents|unresolved|scheduled|upcoming|active_maintenance)$/

/** What an answer has to look like. */
export function answerShape(method: string, address: string, status: number): Shape {
  if (status >= 400) return ERROR
  const path = address.replace(/\?.*$/, '').replace(/\.json$/, '')
  const [, shape] = KINDS.find(([pattern]) => pattern.test(path)) ?? []
  if (shape === undefined) throw new Error(`Nothing is known of ${path}.`)
  return method === 'GET' && LIST.test(path) ? listOf(shape) : shape
}
