import { getPage } from '../../../src/domain/page.ts'
import { describe, expect, test } from '../../support/site.ts'
import { get, wholeStory } from './incident-story.ts'

const ORIGIN = 'https://status.ledgerlane.example'

describe('an incident in the public JSON', () => {
  test('tells everything, in the order of keys that tools know', async ({ site }) => {
    const { incident, defect, group, identified, monitoring, resolved } = await wholeStory(site)
    const { api, checkout } = site.components
    const { id: pageId } = await getPage(site.ctx.read)
    const document = await get(site, `/api/v2/incidents/${incident}.json`)
    const first = document.incident.incident_updates.at(-1).id
    const component = {
      created_at: '2026-11-12T06:30:00.000Z',
      updated_at: '2026-11-12T06:30:00.000Z',
      page_id: pageId,
      start_date: '2026-01-01',
      group: false,
      only_show_if_degraded: false,
    }
    const update = { incident_id: incident, custom_tweet: null, tweet_id: null }
    const goal = {
      calendar_version: 1,
      clock_starts_at: '2026-11-12T06:32:00.000Z',
      planned_at: null,
      verdict: 'met',
      late_business_seconds: 0,
      excluded: [],
    }
    const evidence = (id: string) => ({
      incident_id: incident,
      update_id: id,
      url: `${ORIGIN}/incidents/${incident}#update-${id}`,
    })
    expect(document).toEqual({
      page: {
        id: pageId,
        name: 'Ledger Lane',
        url: ORIGIN,
        time_zone: 'Asia/Kolkata',
        updated_at: '2026-11-13T03:00:00.000Z',
      },
      incident: {
        id: incident,
        name: 'Payments fail',
        status: 'postmortem',
        created_at: '2026-11-12T06:30:00.000Z',
        updated_at: '2026-11-13T03:00:00.000Z',
        monitoring_at: '2026-11-12T06:45:00.000Z',
        resolved_at: '2026-11-12T07:00:00.000Z',
        impact: 'critical',
        shortlink: `${ORIGIN}/incidents/${incident}`,
        started_at: '2026-11-12T06:30:00.000Z',
        page_id: pageId,
        incident_updates: [
          {
            ...update,
            id: `${incident}postmortem`,
            status: 'postmortem',
            body: 'A certificate had run out.',
            created_at: '2026-11-13T03:00:00.000Z',
            updated_at: '2026-11-13T03:00:00.000Z',
            display_at: '2026-11-13T03:00:00.000Z',
            affected_components: null,
            deliver_notifications: false,
          },
          {
            ...update,
            id: resolved,
            status: 'resolved',
            body: 'It is resolved.',
            created_at: '2026-11-12T07:00:00.000Z',
            updated_at: '2026-11-12T07:00:00.000Z',
            display_at: '2026-11-12T07:00:00.000Z',
            affected_components: [
              { code: checkout, name: 'Checkout', old_status: 'partial_outage', new_status: 'operational' },
            ],
            deliver_notifications: true,
          },
          {
            ...update,
            id: monitoring,
            status: 'monitoring',
            body: 'It is monitoring.',
            created_at: '2026-11-12T06:45:00.000Z',
            updated_at: '2026-11-12T06:45:00.000Z',
            display_at: '2026-11-12T06:45:00.000Z',
            affected_components: [
              { code: checkout, name: 'Checkout', old_status: 'major_outage', new_status: 'partial_outage' },
            ],
            deliver_notifications: true,
          },
          {
            ...update,
            id: identified,
            status: 'identified',
            body: 'It is the bank.',
            created_at: '2026-11-12T06:40:00.000Z',
            updated_at: '2026-11-12T06:45:00.000Z',
            display_at: '2026-11-12T06:40:00.000Z',
            affected_components: null,
            deliver_notifications: false,
          },
          {
            ...update,
            id: first,
            status: 'investigating',
            body: 'We are investigating.',
            created_at: '2026-11-12T06:30:00.000Z',
            updated_at: '2026-11-12T06:30:00.000Z',
            display_at: '2026-11-12T06:30:00.000Z',
            affected_components: [
              { code: checkout, name: 'Checkout', old_status: 'operational', new_status: 'major_outage' },
              { code: api, name: 'API', old_status: 'operational', new_status: 'operational' },
            ],
            deliver_notifications: true,
          },
        ],
        components: [
          {
            ...component,
            id: api,
            name: 'API',
            status: 'operational',
            position: 1,
            description: null,
            showcase: true,
            group_id: null,
          },
          {
            ...component,
            id: checkout,
            name: 'Checkout',
            status: 'operational',
            // When the incident was resolved.
            updated_at: '2026-11-12T07:00:00.000Z',
            position: 2,
            description: 'The till',
            showcase: false,
            group_id: group,
          },
        ],
        reminder_intervals: null,
        sla: {
          defects: [
            {
              id: defect,
              key: 'CHK-412',
              title: 'Card payments time out',
              severity: 'critical',
              status: 'fixed',
              confirmed_at: '2026-11-12T06:32:00.000Z',
              reported_at: '2026-11-12T06:32:00.000Z',
              policy: { id: 'standard', version: 1, name: 'Standard terms' },
              calendar: { id: 'standard', version: 1, time_zone: 'Asia/Kolkata', weekdays: [1, 2, 3, 4, 5] },
              goals: [
                {
                  ...goal,
                  goal: 'response',
                  promise: 'within 4 hours',
                  window: { hours: 4 },
                  deadline_at: '2026-11-12T10:32:00.000Z',
                  at_risk_at: '2026-11-12T09:32:00.000Z',
                  completed_at: '2026-11-12T06:40:00.000Z',
                  evidence: evidence(identified),
                  used_business_seconds: 480,
                },
                {
                  ...goal,
                  goal: 'workaround',
                  promise: 'within 4 hours',
                  window: { hours: 4 },
                  deadline_at: '2026-11-12T10:32:00.000Z',
                  at_risk_at: '2026-11-12T09:32:00.000Z',
                  completed_at: '2026-11-12T06:45:00.000Z',
                  evidence: evidence(monitoring),
                  used_business_seconds: 780,
                },
                {
                  ...goal,
                  goal: 'fix',
                  promise: 'within 48 hours',
                  window: { hours: 48 },
                  deadline_at: '2026-11-16T06:32:00.000Z',
                  at_risk_at: '2026-11-15T18:32:00.000Z',
                  completed_at: '2026-11-12T06:45:00.000Z',
                  evidence: evidence(monitoring),
                  used_business_seconds: 780,
                  excluded: [
                    { from: '2026-11-13T18:30:00.000Z', to: '2026-11-15T18:30:00.000Z', why: 'weekend' },
                  ],
                },
              ],
            },
          ],
        },
      },
    })
    expect(keysOf(document)).toEqual(['page', 'incident'])
    expect(keysOf(document.page)).toEqual(['id', 'name', 'url', 'time_zone', 'updated_at'])
    expect(keysOf(document.incident)).toEqual([
      'id',
      'name',
      'status',
      'created_at',
      'updated_at',
      'monitoring_at',
      'resolved_at',
      'impact',
      'shortlink',
      'started_at',
      'page_id',
      'incident_updates',
      'components',
      'reminder_intervals',
      'sla',
    ])
    for (const one of document.incident.incident_updates) {
      expect(keysOf(one)).toEqual([
        'id',
        'status',
        'body',
        'incident_id',
        'created_at',
        'updated_at',
        'display_at',
        'affected_components',
        'deliver_notifications',
        'custom_tweet',
        'tweet_id',
      ])
      for (const affected of one.affected_components ?? [])
        expect(keysOf(affected)).toEqual(['code', 'name', 'old_status', 'new_status'])
    }
    for (const one of document.incident.components) {
      expect(keysOf(one)).toEqual([
        'id',
        'name',
        'status',
        'created_at',
        'updated_at',
        'position',
        'description',
        'showcase',
        'start_date',
        'group_id',
        'page_id',
        'group',
        'only_show_if_degraded',
      ])
    }
    expect(keysOf(document.incident.sla.defects[0])).toEqual([
      'id',
      'key',
      'title',
      'severity',
      'status',
      'confirmed_at',
      'reported_at',
      'policy',
      'calendar',
      'goals',
    ])
  })
})

function keysOf(json: object): string[] {
  return Object.keys(json)
}
