/** Backups of Uptime Kuma as its versions write them, made for the tests. */
type Json = Record<string, unknown>

const monitor = (id: number, name: string, more: Json = {}): Json => ({
  ...{ id, name, type: 'http', url: 'http://10.0.0.7:8080/health', parent: null, active: true },
  ...{
    interval: 60,
    retryInterval: 60,
    maxretries: 1,
    tags: [],
    notificationIDList: {},
    forceInactive: false,
  },
  ...more,
})

/** Version 1.23: monitors and settings alone. */
export const SETTINGS_ALONE = {
  version: '1.23.11',
  notificationList: [{ id: 1, name: 'Chat', config: '{"token":"secret"}', active: true }],
  monitorList: [
    monitor(1, 'Islands', { type: 'group', url: null }),
    monitor(2, 'Ferries', { parent: 1 }),
    monitor(3, 'Tickets'),
    monitor(4, 'Old tram', { active: false }),
    monitor(5, 'Piers', { type: 'group', url: null, parent: 1 }),
  ],
  proxyList: [],
}

export const NO_FERRIES = {
  ...{ id: 4, style: 'danger', title: 'No ferries', content: 'It is the **fog**.', pin: true },
  ...{ createdDate: '2026-03-10 08:00:00', lastUpdatedDate: null },
}

/** With status pages, as later versions and the API of its pages tell them. */
export const WITH_PAGES = {
  version: '2.0.0',
  notificationList: [],
  monitorList: { 2: monitor(2, 'Ferries'), 3: monitor(3, 'Tickets'), 6: monitor(6, 'Billing database') },
  heartbeatList: {
    2: [
      { monitorID: 2, status: 0, time: '2026-03-10 08:00:00.123', msg: 'timeout', important: true },
      { monitorID: 2, status: 1, time: '2026-03-10 08:01:00.123', msg: '200 - OK', important: true },
    ],
  },
  statusPageList: [
    {
      config: { slug: 'harbour', title: 'Harbour Line', published: true, theme: 'auto' },
      incident: NO_FERRIES,
      incidents: [
        {
          ...{
            id: 3,
            style: 'info',
            title: 'Late ferries',
            content: 'They were late.',
            pin: false,
            active: false,
          },
          ...{ createdDate: '2025-11-03 06:00:00', lastUpdatedDate: '2025-11-03 09:00:00' },
        },
      ],
      publicGroupList: [
        {
          id: 1,
          name: 'Islands',
          weight: 1,
          monitorList: [{ id: 2, name: 'Ferries', sendUrl: 0, type: 'http' }],
        },
        {
          id: 2,
          name: 'Ashore',
          weight: 2,
          monitorList: [
            { id: 3, name: 'Tickets' },
            { id: 2, name: 'Ferries' },
          ],
        },
      ],
      maintenanceList: [
        maintenance(1, 'New pier', { monitors: [{ id: 2 }] }),
        maintenance(2, 'Every night', { strategy: 'recurring-interval' }),
        maintenance(3, 'By hand', { strategy: 'manual', dateRange: [] }),
        maintenance(4, 'Next year', {
          ...{
            dateRange: ['2027-04-02T04:00', '2027-04-02T06:00'],
            status: 'scheduled',
            timezone: 'SAME_AS_SERVER',
          },
        }),
      ],
    },
    { slug: 'drafts', title: 'Drafts', published: false, incident: { id: 9, title: 'Not for everybody' } },
  ],
}

function maintenance(id: number, title: string, more: Json = {}): Json {
  return {
    ...{ id, title, description: 'Pier 2 is closed.', strategy: 'single', active: true, status: 'ended' },
    ...{ dateRange: ['2026-04-02 04:00:00', '2026-04-02 06:00:00'], timezone: 'Asia/Kolkata' },
    ...{ timezoneOffset: '+05:30', timeslotList: [], weekdays: [], daysOfMonth: [] },
    ...more,
  }
}
