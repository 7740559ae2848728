import { once } from 'node:events'
import { createRequire } from 'node:module'
import { Statuspage } from 'statuspage.io'
import { Statuspage as OtherStatuspage, StatuspageUpdates } from 'statuspage.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import type { Json } from '../api/admin/client.ts'
import { buildEveryState, type EveryState } from '../support/every-state.ts'
import { type PublicSite, startSiteWith } from '../support/public-site.ts'

// Programs that were written for other status pages, as their authors published them, at the real program.

let site: PublicSite<EveryState>
beforeAll(async () => {
  site = await startSiteWith(buildEveryState)
  // This one has a host in every address that it asks for; a proxy is how it comes to ours.
  const { hostname, port } = new URL(site.origin)
  const required = createRequire(createRequire(import.meta.url).resolve('statuspage.js'))
  Object.assign(required('axios').defaults, {
    proxy: { protocol: 'http', host: hostname, port: Number(port) },
  })
})
afterAll(() => site.stop())

const STATUS = { indicator: 'minor', description: 'Minor Service Outage' }
const COMPONENTS = [
  ['Payments', 'partial_outage'],
  ['Checkout', 'partial_outage'],
  ['Reports', 'operational'],
  ['Mail', 'degraded_performance'],
  ['Archive', 'under_maintenance'],
]

/** Name, state and impact, what was said, newest first, and of which components. */
const PAYMENTS_FAIL = [
  ...['Payments fail', 'investigating', 'major', ['investigating: Some of them.']],
  ['Checkout', 'Reports'],
]
const TYPING_ERROR = [
  ...['A typing error', 'identified', 'none', ['identified: On page two.', 'investigating: Somewhere.'], []],
]
const MAIL_IS_LATE = [
  ...['Mail is late', 'monitoring', 'minor', ['monitoring: By a minute.', 'investigating: By an hour.']],
  ['Mail'],
]
const UNRESOLVED = [PAYMENTS_FAIL, TYPING_ERROR, MAIL_IS_LATE]
const INCIDENTS = [
  ...UNRESOLVED,
  [
    'No reports',
    'resolved',
    'critical',
    ['resolved: All of them.', 'investigating: None at all.'],
    ['Reports'],
  ],
  [
    ...['The archive was slow', 'postmortem', 'maintenance'],
    ['postmortem: A disk was **full**.', 'resolved: It is quick.', 'investigating: It takes a minute.'],
    ['Archive'],
  ],
]

/** What was said of a maintenance that has come so far. */
const said = (...statuses: string[]) => [
  ...statuses.map((status) => `${status}: It is ${status}.`),
  'scheduled: It is planned.',
]
const NEW_DISKS = ['New disks', 'verifying', 'maintenance', said('verifying', 'in_progress'), ['Archive']]
const NEW_CABLES = ['New cables', 'in_progress', 'maintenance', said('in_progress'), ['Archive']]
const NEW_DOORS = ['New doors', 'scheduled', 'maintenance', said(), ['Mail']]
const NEW_ROOF = ['New roof', 'scheduled', 'maintenance', said(), []]
const NEW_LOCKS = ['New locks', 'completed', 'maintenance', said('completed', 'in_progress'), ['Archive']]
const ACTIVE = [NEW_DISKS, NEW_CABLES]
const UPCOMING = [NEW_DOORS, NEW_ROOF]

const componentsOf = ({ components }: Json) => components.map(({ name, status }: Json) => [name, status])
const happenings = (list: Json[]) =>
  list.map(({ name, status, impact, incident_updates, components }) => [
    ...[name, status, impact],
    incident_updates.map((update: Json) => `${update.status}: ${update.body}`),
    components.map((component: Json) => component.name),
  ])
const incidentsOf = ({ incidents }: Json) => happenings(incidents)
const maintenancesOf = ({ scheduled_maintenances }: Json) => happenings(scheduled_maintenances)

/** What each document has to say, in its order, by its name in the dialect. */
const EXPECTED: Record<string, [read: (document: Json) => unknown, says: unknown]> = {
  'summary.json': [
    (document) => [
      ...[componentsOf(document), incidentsOf(document), maintenancesOf(document)],
      document.status,
    ],
    [COMPONENTS, UNRESOLVED, [...ACTIVE, ...UPCOMING], STATUS],
  ],
  'status.json': [({ status }) => status, STATUS],
  'components.json': [componentsOf, COMPONENTS],
  'incidents.json': [incidentsOf, INCIDENTS],
  'incidents/unresolved.json': [incidentsOf, UNRESOLVED],
  'scheduled-maintenances.json': [maintenancesOf, [NEW_ROOF, NEW_DOORS, NEW_CABLES, NEW_DISKS, NEW_LOCKS]],
  'scheduled-maintenances/active.json': [maintenancesOf, ACTIVE],
  'scheduled-maintenances/upcoming.json': [maintenancesOf, UPCOMING],
}

/** Asserts that a client has got what the document says, and that the whole of it. */
async function assertRead(file: string, document: Json): Promise<void> {
  const [read, says] = EXPECTED[file] ?? [() => undefined, 'It is no document.']
  expect([file, read(document)]).toEqual([file, says])
  const whole = await (await fetch(`${site.origin}/api/v2/${file}`)).json()
  expect([file, document]).toEqual([file, whole])
}

describe('statuspage.io', () => {
  test('reads every document that it knows', async () => {
    const client = new Statuspage('ledgerlane')
    client.setApiUrl(site.origin)
    const { api } = client
    await assertRead('summary.json', await api.getSummary())
    await assertRead('status.json', await api.getStatus())
    await assertRead('components.json', await api.getComponents())
    await assertRead('incidents.json', await api.incidents.getAll())
    await assertRead('incidents/unresolved.json', await api.incidents.getUnresolved())
    await assertRead('scheduled-maintenances/upcoming.json', await api.scheduledMaintenances.getUpcoming())
    // Whatever these are called, this version asks for those to come in all three.
    await assertRead('scheduled-maintenances/upcoming.json', await api.scheduledMaintenances.getActive())
    await assertRead('scheduled-maintenances/upcoming.json', await api.scheduledMaintenances.getAll())
  })
})

describe('statuspage.js', () => {
  test('reads every document that it knows', async () => {
    const client = new OtherStatuspage('ledgerlane')
    const read = {
      'summary.json': client.summary(),
      'status.json': client.status(),
      'components.json': client.components(),
      'incidents.json': client.allIncidents(),
      'incidents/unresolved.json': client.unresolvedIncidents(),
      'scheduled-maintenances.json': client.allScheduledMaintenances(),
      'scheduled-maintenances/active.json': client.activeScheduledMaintenances(),
      'scheduled-maintenances/upcoming.json': client.upcomingScheduledMaintenances(),
    }
    expect(Object.keys(read).toSorted()).toEqual(Object.keys(EXPECTED).toSorted())
    for (const [file, document] of Object.entries(read)) {
      // It makes dates of instants and of days.
      const days = (key: string, value: unknown) =>
        key === 'start_date' && typeof value === 'string' ? value.slice(0, 10) : value
      await assertRead(file, JSON.parse(JSON.stringify(await document), days))
    }
  })

  test('sees an update that is posted between two of its polls, and once', async () => {
    const poller = new StatuspageUpdates('ledgerlane', 100)
    const seen: string[] = []
    poller.on('incident_update', ({ incident_updates: [newest] }) => seen.push(newest?.body ?? ''))
    await poller.start()
    await once(poller, 'run')
    expect(seen).toEqual([])
    await site.write((tx) =>
      postIncidentUpdate(tx, site.world.incidents.investigating, {
        status: 'monitoring',
        body: 'Payments go through.',
      }),
    )
    await once(poller, 'incident_update')
    for (let runs = 0; runs < 3; runs += 1) await once(poller, 'run')
    expect(seen).toEqual(['Payments go through.'])
    poller.stop()
  })
})
