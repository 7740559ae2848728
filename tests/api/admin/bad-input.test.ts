import { describe, expect } from '../../support/site.ts'
import { makeWorld, type World } from './bad-input-world.ts'
import { type BadRequest as BadRequestIn, expectRefusal, testInWorld } from './bad-request.ts'
import { clientOf, recorded } from './client.ts'

type BadRequest = BadRequestIn<World>

const UNKNOWN = 'nothing00000'
const INCIDENT = { name: 'Slow', body: 'Looking.' }
const MAINTENANCE = {
  name: 'Disks',
  body: 'Soon.',
  scheduled_for: '2026-12-01T00:00:00Z',
  scheduled_until: '2026-12-01T01:00:00Z',
}
/** As every document of ours writes one. */
const INSTANT = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
const DEFECT = { key: 'CHK-9', title: 'Off by one', severity: 'low' }
const updatesOf = (incident: 'openIncident' | 'resolvedIncident') => (world: World) =>
  `/incidents/${world[incident].id}/updates`
const eventsOf = (defect: 'reported' | 'confirmed') => (world: World) => `/defects/${world[defect].id}/events`

const invalid = { status: 422, type: 'invalid' }
const malformed = { status: 400, type: 'malformed' }
const notFound = { status: 404, type: 'not-found' }
const post = { method: 'POST' }
const opening = { ...post, path: '/incidents' }
const scheduling = { ...post, path: '/maintenances' }
const reporting = { ...post, path: '/defects' }

const WHO: BadRequest[] = [
  { name: 'no token', ...opening, body: INCIDENT, token: () => null, status: 401, type: 'unauthenticated' },
  {
    name: 'a made-up token',
    ...opening,
    body: INCIDENT,
    token: () => `avow_${'x'.repeat(43)}`,
    status: 401,
    type: 'unauthenticated',
  },
  {
    name: 'a revoked token',
    path: '/me',
    token: (world) => world.revokedToken,
    status: 401,
    type: 'unauthenticated',
  },
  {
    name: 'an expired token',
    path: '/me',
    token: (world) => world.expiredToken,
    status: 401,
    type: 'unauthenticated',
  },
  {
    name: 'a password',
    ...opening,
    body: INCIDENT,
    headers: { Authorization: 'Basic YTpi' },
    status: 401,
    type: 'unauthenticated',
  },
  {
    name: 'a token without the scope',
    ...opening,
    body: INCIDENT,
    token: async ({ site }) => (await clientOf(site, 'defects:write', 'read')).secret,
    status: 403,
    type: 'forbidden',
  },
]

const WHERE: BadRequest[] = [
  ...[
    'components',
    'component-groups',
    'incidents',
    'incident-templates',
    'maintenances',
    'defects',
    'releases',
  ].map((resource) => ({
    name: `an unknown id among ${resource}`,
    path: `/${resource}/${UNKNOWN}`,
    ...notFound,
  })),
  { name: 'an unknown token', method: 'DELETE', path: `/tokens/${UNKNOWN}`, ...notFound },
  {
    name: 'an update to an unknown incident',
    ...post,
    path: `/incidents/${UNKNOWN}/updates`,
    body: { status: 'resolved', body: 'Fixed.' },
    ...notFound,
  },
  {
    name: 'an edit of another incident’s update',
    method: 'PATCH',
    path: (world) =>
      `/incidents/${world.openIncident.id}/updates/${world.otherIncident.incident_updates[0].id}`,
    body: { body: 'New.' },
    ...notFound,
  },
  {
    name: 'a link to an unknown defect',
    method: 'PUT',
    path: (world) => `/incidents/${world.openIncident.id}/defects/${UNKNOWN}`,
    ...notFound,
  },
  {
    name: 'an event of an unknown defect',
    ...post,
    path: `/defects/${UNKNOWN}/events`,
    body: { type: 'fixed' },
    ...notFound,
  },
  { name: 'an id with a NUL', path: '/incidents/%00', ...notFound },
  { name: 'an id that is an address', path: '/incidents/..%2F..%2Fetc', ...notFound },
  { name: 'an unknown path', path: '/postmortems', ...notFound },
  { name: 'an unknown path without a token', path: '/postmortems', token: () => null, ...notFound },
  {
    name: 'a method that the path has not',
    method: 'DELETE',
    path: '/incidents',
    status: 405,
    type: 'about:blank',
  },
  {
    name: 'a POST to one resource',
    ...post,
    path: (world) => `/incidents/${world.openIncident.id}`,
    body: {},
    status: 405,
    type: 'about:blank',
  },
]

const READING: BadRequest[] = [
  { name: 'a limit of nothing', path: '/incidents?limit=0', ...invalid, pointers: ['?limit'] },
  { name: 'a limit beyond 100', path: '/incidents?limit=101', ...invalid, pointers: ['?limit'] },
  { name: 'a limit in words', path: '/incidents?limit=many', ...invalid, pointers: ['?limit'] },
  { name: 'a cursor that is none', path: '/incidents?cursor=abc', ...invalid, pointers: ['?cursor'] },
  {
    name: 'a cursor of another list',
    path: `/incidents?cursor=${Buffer.from('["a",1]').toString('base64url')}`,
    ...invalid,
    pointers: ['?cursor'],
  },
  {
    name: 'a cursor with a NUL',
    path: `/defects?cursor=${Buffer.from('[1,"\\u0000"]').toString('base64url')}`,
    ...invalid,
    pointers: ['?cursor'],
  },
  { name: 'an unknown parameter', path: '/incidents?page=2', ...invalid, pointers: ['?page'] },
  { name: 'a parameter given twice', path: '/incidents?limit=1&limit=2', ...invalid, pointers: ['?limit'] },
  { name: 'an audit of what no name holds', path: '/audit?by=%00', ...invalid, pointers: ['?by'] },
  { name: 'an audit of no id', path: '/audit?subject_id=%00', ...invalid, pointers: ['?subject_id'] },
]

const BODIES: BadRequest[] = [
  { name: 'no body', ...opening, ...invalid, pointers: ['/name', '/body'] },
  { name: 'a list', ...opening, body: '[]', ...invalid, pointers: [''] },
  { name: 'malformed JSON', ...opening, body: '{"name": "Slow",', ...malformed },
  { name: 'an empty text as JSON', ...opening, body: '', ...malformed },
  {
    name: 'an unterminated string of backslashes',
    ...opening,
    body: `{"name": "${'\\"'.repeat(30_000)}`,
    ...malformed,
  },
  {
    name: 'deep JSON',
    ...opening,
    body: `{"metadata":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
    ...malformed,
  },
  {
    name: 'JSON 33 levels deep',
    ...opening,
    body: `{"metadata":${'{"a":'.repeat(32)}1${'}'.repeat(32)}}`,
    ...malformed,
  },
  {
    name: '__proto__',
    ...opening,
    body: '{"name":"Slow","body":"Looking.","metadata":{"__proto__":{"admin":true}}}',
    ...malformed,
  },
  {
    name: '__proto__ in escapes',
    ...opening,
    body: '{"name":"Slow","body":"Looking.","metadata":{"\\u005f_proto__":{}}}',
    ...malformed,
  },
  {
    name: 'constructor',
    ...opening,
    body: '{"name":"Slow","body":"Looking.","constructor":{"prototype":{}}}',
    ...malformed,
  },
  {
    name: 'the same field twice',
    ...opening,
    body: '{"name":"Slow","body":"Looking.","name":"Fast"}',
    ...malformed,
  },
  {
    name: 'the same field twice, once in escapes',
    ...opening,
    body: '{"name":"Slow","body":"Looking.","\\u006eame":"Fast"}',
    ...malformed,
  },
  {
    name: 'a NUL in a text',
    ...opening,
    body: { ...INCIDENT, body: 'a\0b' },
    ...invalid,
    pointers: ['/body'],
  },
  {
    name: 'a NUL in a name',
    ...opening,
    body: { ...INCIDENT, metadata: { 'a\0': 1 } },
    ...invalid,
    pointers: ['/metadata'],
  },
  {
    name: 'half a surrogate pair',
    ...opening,
    body: '{"name":"Slow \\ud83d","body":"Looking."}',
    ...invalid,
    pointers: ['/name'],
  },
  {
    name: 'a number beyond all numbers',
    ...opening,
    body: '{"name":"Slow","body":"Looking.","metadata":{"n":[1e400]}}',
    ...invalid,
    pointers: ['/metadata/n/0'],
  },
  { name: 'bytes that are not UTF-8', ...opening, body: new Uint8Array([0x7b, 0xff, 0x7d]), ...malformed },
  {
    name: 'a body of 65 kB',
    ...opening,
    body: { ...INCIDENT, body: 'x'.repeat(65 * 1024) },
    status: 413,
    type: 'too-large',
  },
  { name: 'a chunked body without end', ...opening, body: () => endless(), status: 413, type: 'too-large' },
  {
    name: 'a length that lies',
    ...opening,
    body: { ...INCIDENT, body: 'x'.repeat(65 * 1024) },
    headers: { 'Content-Length': '20' },
    status: 413,
    type: 'too-large',
  },
  {
    name: 'a length that says too much',
    ...opening,
    body: INCIDENT,
    headers: { 'Content-Length': '70000' },
    status: 413,
    type: 'too-large',
  },
  {
    name: 'a form',
    ...opening,
    body: 'name=Slow',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    status: 415,
    type: 'malformed',
  },
  {
    name: 'JSON that says it is text',
    ...opening,
    body: JSON.stringify(INCIDENT),
    headers: { 'Content-Type': 'text/plain' },
    status: 415,
    type: 'malformed',
  },
  {
    name: 'a body without a type',
    ...opening,
    body: new TextEncoder().encode('{}'),
    headers: { 'Content-Type': undefined },
    status: 415,
    type: 'malformed',
  },
]

const FIELDS: BadRequest[] = [
  {
    name: 'a wrong type',
    ...opening,
    body: { ...INCIDENT, backfilled: 'yes' },
    ...invalid,
    pointers: ['/backfilled'],
  },
  {
    name: 'a text that is too long',
    ...opening,
    body: { ...INCIDENT, name: 'x'.repeat(201) },
    ...invalid,
    pointers: ['/name'],
  },
  {
    name: 'a text of spaces',
    ...opening,
    body: { ...INCIDENT, name: '   ' },
    ...invalid,
    pointers: ['/name'],
  },
  {
    name: 'an unknown field',
    ...opening,
    body: { ...INCIDENT, nmae: 'Slow' },
    ...invalid,
    pointers: ['/nmae'],
  },
  {
    name: 'a verdict',
    ...reporting,
    body: { ...DEFECT, sla: { goals: [] } },
    ...invalid,
    pointers: ['/sla'],
  },
  {
    name: 'five wrong fields at once',
    ...opening,
    body: { name: 7, status: 'broken', body: '', 'a/b': 1, components: { x: 'bad' } },
    ...invalid,
    pointers: ['/name', '/status', '/body', '/components/x', '/a~1b'],
  },
  {
    name: 'an unknown state',
    ...post,
    path: updatesOf('openIncident'),
    body: { status: 'done', body: 'Fixed.' },
    ...invalid,
    pointers: ['/status'],
  },
  {
    name: 'a time that is none',
    ...opening,
    body: { ...INCIDENT, display_at: 'yesterday' },
    ...invalid,
    pointers: ['/display_at'],
  },
  {
    name: 'a time without an offset',
    ...opening,
    body: { ...INCIDENT, display_at: '2026-11-12T06:00:00' },
    ...invalid,
    pointers: ['/display_at'],
  },
  {
    name: 'a day that is not in the calendar',
    ...opening,
    body: { ...INCIDENT, display_at: '2026-02-30T06:00:00Z' },
    ...invalid,
    pointers: ['/display_at'],
  },
  {
    name: 'a time as a number',
    ...opening,
    body: { ...INCIDENT, display_at: 1_762_930_000_000 },
    ...invalid,
    pointers: ['/display_at'],
  },
  {
    name: 'a time in the future',
    ...opening,
    body: { ...INCIDENT, display_at: '2026-11-13T00:00:00Z' },
    ...invalid,
    pointers: ['/display_at'],
  },
  {
    name: 'a year without end',
    ...scheduling,
    body: { ...MAINTENANCE, scheduled_until: '+275760-01-01T00:00:00Z' },
    ...invalid,
    pointers: ['/scheduled_until'],
  },
  {
    name: 'an end before the start',
    ...scheduling,
    body: { ...MAINTENANCE, scheduled_until: '2026-11-30T00:00:00Z' },
    ...invalid,
    pointers: ['/scheduled_until'],
  },
  {
    name: 'a maintenance in the past',
    ...scheduling,
    body: { ...MAINTENANCE, scheduled_for: '2026-11-11T00:00:00Z' },
    ...invalid,
    pointers: ['/scheduled_for'],
  },
  {
    name: 'unknown components',
    ...opening,
    body: { ...INCIDENT, components: { nope: 'major_outage', 'no~pe': 'major_outage' } },
    ...invalid,
    pointers: ['/components/nope', '/components/no~0pe'],
  },
  {
    name: 'an unknown group',
    method: 'PATCH',
    path: ({ site }) => `/components/${site.components.api}`,
    body: { group_id: UNKNOWN },
    ...invalid,
    pointers: ['/group_id'],
  },
  {
    name: 'a date that is none',
    ...post,
    path: '/components',
    body: { name: 'API', start_date: '2026-13-01' },
    ...invalid,
    pointers: ['/start_date'],
  },
  {
    name: 'a change of nothing',
    method: 'PATCH',
    path: (world) => `/incidents/${world.openIncident.id}`,
    body: {},
    ...invalid,
    pointers: [''],
  },
  {
    name: 'an edit that changes nothing',
    method: 'PATCH',
    path: (world) =>
      `/incidents/${world.openIncident.id}/updates/${world.openIncident.incident_updates[0].id}`,
    body: { body: 'Looking.' },
    ...invalid,
  },
  {
    name: 'an offset as a zone',
    method: 'PATCH',
    path: '/page',
    body: { time_zone: '+05:30' },
    ...invalid,
    pointers: ['/time_zone'],
  },
  {
    name: 'a zone that is none, and a bad colour',
    method: 'PATCH',
    path: '/page',
    body: { time_zone: 'Asia/Nowhere', accent: 'red' },
    ...invalid,
    pointers: ['/time_zone', '/accent'],
  },
  {
    name: 'an address that runs',
    method: 'PATCH',
    path: '/page',
    body: { support_url: 'javascript:alert(1)' },
    ...invalid,
    pointers: ['/support_url'],
  },
  { name: 'a bad key', ...reporting, body: { ...DEFECT, key: 'no spaces' }, ...invalid, pointers: ['/key'] },
  {
    name: 'a report in the future',
    ...reporting,
    body: { ...DEFECT, reported_at: '2026-11-13T00:00:00Z' },
    ...invalid,
    pointers: ['/reported_at'],
  },
  {
    name: 'a confirmation before the report',
    ...reporting,
    body: { ...DEFECT, reported_at: '2026-11-12T01:00:00Z', confirmed_at: '2026-11-12T00:00:00Z' },
    ...invalid,
    pointers: ['/confirmed_at'],
  },
  {
    name: 'a confirmation in the future',
    method: 'PATCH',
    path: (world) => `/defects/${world.reported.id}`,
    body: { title: 'New', confirmed_at: '2026-11-13T00:00:00Z' },
    ...invalid,
    pointers: ['/confirmed_at'],
  },
  {
    name: 'an event before the confirmation',
    ...post,
    path: eventsOf('confirmed'),
    body: { type: 'fixed', at: '2026-11-12T06:09:59Z' },
    ...invalid,
    pointers: ['/at'],
  },
  {
    name: 'an event in the future',
    ...post,
    path: eventsOf('confirmed'),
    body: { type: 'fixed', at: '2026-11-13T00:00:00Z' },
    ...invalid,
    pointers: ['/at'],
  },
  {
    name: 'an event of an unconfirmed defect',
    ...post,
    path: eventsOf('reported'),
    body: { type: 'fixed' },
    ...invalid,
    pointers: ['/type'],
  },
  {
    name: 'a deferral without a note',
    ...post,
    path: eventsOf('confirmed'),
    body: { type: 'deferred', until: '2026-12-02' },
    ...invalid,
    pointers: ['/note'],
  },
  {
    name: 'evidence from an incident that is not linked',
    ...post,
    path: eventsOf('confirmed'),
    body: (world: World) => ({
      type: 'workaround',
      incident_update_id: world.otherIncident.incident_updates[0].id,
    }),
    ...invalid,
    pointers: ['/incident_update_id'],
  },
  {
    name: 'a fix in an unpublished release',
    ...post,
    path: eventsOf('confirmed'),
    body: (world: World) => ({ type: 'fixed', release_id: world.plannedRelease.id }),
    ...invalid,
    pointers: ['/release_id'],
  },
  {
    name: 'a fix in an unknown release',
    ...post,
    path: eventsOf('confirmed'),
    body: { type: 'fixed', release_id: UNKNOWN },
    ...invalid,
    pointers: ['/release_id'],
  },
  {
    name: 'a workaround in a release',
    ...post,
    path: eventsOf('confirmed'),
    body: (world: World) => ({ type: 'workaround', release_id: world.publishedRelease.id }),
    ...invalid,
    pointers: ['/release_id'],
  },
  {
    name: 'a release published in the future',
    ...post,
    path: '/releases',
    body: { name: '3.0', published_at: '2027-01-01T00:00:00Z' },
    ...invalid,
    pointers: ['/published_at'],
  },
  {
    name: 'a token without scopes',
    ...post,
    path: '/tokens',
    body: { name: 'Bot', scopes: [] },
    ...invalid,
    pointers: ['/scopes'],
  },
  {
    name: 'a token with an unknown scope',
    ...post,
    path: '/tokens',
    body: { name: 'Bot', scopes: ['everything'] },
    ...invalid,
    pointers: ['/scopes/0'],
  },
  {
    name: 'a token that has expired already',
    ...post,
    path: '/tokens',
    body: { name: 'Bot', scopes: ['read'], expires_at: '2026-11-12T00:00:00Z' },
    ...invalid,
    pointers: ['/expires_at'],
  },
  {
    name: 'an idempotency key with spaces',
    ...opening,
    body: INCIDENT,
    headers: { 'Idempotency-Key': 'a b' },
    ...invalid,
    pointers: ['Idempotency-Key'],
  },
  {
    name: 'an idempotency key without end',
    ...opening,
    body: INCIDENT,
    headers: { 'Idempotency-Key': 'k'.repeat(256) },
    ...invalid,
    pointers: ['Idempotency-Key'],
  },
]

const RACES: BadRequest[] = [
  {
    name: 'resolving twice',
    ...post,
    path: updatesOf('resolvedIncident'),
    body: { status: 'resolved', body: 'Fixed.' },
    status: 409,
    type: 'conflict',
    current: (world) => ({
      id: world.resolvedIncident.id,
      status: 'resolved',
      resolved_at: INSTANT,
    }),
  },
  {
    name: 'confirming twice',
    method: 'PATCH',
    path: (world) => `/defects/${world.confirmed.id}`,
    body: { title: 'New', confirmed_at: '2026-11-12T06:30:00Z' },
    status: 409,
    type: 'conflict',
    current: (world) => ({ id: world.confirmed.id, confirmed_at: INSTANT }),
  },
  {
    name: 'a key that is taken',
    ...reporting,
    body: { ...DEFECT, key: 'CHK-1' },
    status: 409,
    type: 'conflict',
    pointers: ['/key'],
    current: (world) => ({ id: world.reported.id }),
  },
  {
    name: 'a release name that is taken',
    ...post,
    path: '/releases',
    body: { name: '1.0' },
    status: 409,
    type: 'conflict',
    pointers: ['/name'],
  },
  {
    name: 'unpublishing a release',
    method: 'PATCH',
    path: (world) => `/releases/${world.publishedRelease.id}`,
    body: { published_at: null },
    status: 409,
    type: 'conflict',
    current: (world) => ({ id: world.publishedRelease.id, published_at: INSTANT }),
  },
  {
    name: 'a postmortem of an open incident',
    method: 'PUT',
    path: (world) => `/incidents/${world.openIncident.id}/postmortem`,
    body: { body: 'Learned.' },
    status: 409,
    type: 'conflict',
    current: (world) => ({ id: world.openIncident.id, status: 'investigating' }),
  },
  {
    name: 'an update to a cancelled maintenance',
    ...post,
    path: (world) => `/maintenances/${world.cancelled.id}/updates`,
    body: { status: 'in_progress', body: 'Begun.' },
    status: 409,
    type: 'conflict',
    current: (world) => ({ id: world.cancelled.id, status: 'cancelled' }),
  },
  {
    name: 'cancelling twice',
    method: 'PUT',
    path: (world) => `/maintenances/${world.cancelled.id}/cancellation`,
    status: 409,
    type: 'conflict',
    current: (world) => ({ id: world.cancelled.id, status: 'cancelled' }),
  },
]

const test = testInWorld(makeWorld)

describe.for([
  { about: 'who asks', requests: WHO },
  { about: 'where', requests: WHERE },
  { about: 'what is read', requests: READING },
  { about: 'bodies', requests: BODIES },
  { about: 'fields', requests: FIELDS },
  { about: 'states', requests: RACES },
])('a bad request about $about', ({ requests }) => {
  test.for(requests)('is refused and changes nothing: $name', async (bad, { world }) => {
    await expectRefusal(world, bad)
  })
})

describe('an idempotency key', () => {
  test('that comes again with another request is refused', async ({ site }) => {
    const world = await makeWorld(site)
    const key = { 'Idempotency-Key': 'one' }
    expect((await world.api.post('/incidents', INCIDENT, key)).status).toBe(201)
    const before = await recorded(site)
    const other = [
      await world.api.post('/incidents', { ...INCIDENT, name: 'Fast' }, key),
      await world.api.post('/defects', DEFECT, key),
    ]
    for (const { status, body } of other) {
      expect(status).toBe(422)
      expect(body.errors).toEqual([
        { pointer: 'Idempotency-Key', detail: 'This key was used for another request.' },
      ])
    }
    expect(await recorded(site)).toEqual(before)
  })
})

/** A body of chunks that never ends; only whoever stops reading gets away. */
function endless(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(16 * 1024).fill(0x20)),
  })
}
