import { STANDARD_POLICY } from '../../../src/domain/sla/terms/standard-terms.ts'
import { describe, type Site } from '../../support/site.ts'
import { type BadRequest as BadRequestIn, expectRefusal, testInWorld } from './bad-request.ts'
import { type Client, type Json, writer } from './client.ts'

/** What bad requests about terms are made about. */
interface World {
  site: Site
  api: Client
  contract: Json
  /** Ends with the year 2026. */
  ending: Json
  link: Json
  revokedLink: Json
  /** Confirmed today, standard terms. */
  defect: Json
  /** Confirmed today, under the contract. */
  confidential: Json
  paused: Json
  /** Every promise has been kept. */
  fixed: Json
  plannedRelease: Json
}

type BadRequest = BadRequestIn<World>

async function makeWorld(site: Site): Promise<World> {
  const api = await writer(site)
  const made = async (path: string, body: object): Promise<Json> => {
    const answer = await api.post(path, body)
    if (answer.status !== 201) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const terms = { policy_id: 'standard', valid_from: '2026-01-01', pausable_goals: ['fix'] }
  const contract = await made('/sla/contracts', { name: 'Gold', customer: 'Harbour Mills', ...terms })
  const ending = await made('/sla/contracts', {
    name: 'Plan',
    plan: 'Silver',
    ...terms,
    valid_to: '2027-01-01',
  })
  const links = `/sla/contracts/${contract.id}/links`
  const link = await made(links, { name: 'Their support desk' })
  const revokedLink = await made(links, { name: 'Somebody who left' })
  await api.delete(`${links}/${revokedLink.id}`)
  const confirmed = (key: string, more: object = {}) =>
    made('/defects', {
      key,
      title: 'Off by one',
      severity: 'high',
      confirmed_at: '2026-11-12T06:30:00Z',
      ...more,
    })
  const paused = await confirmed('CHK-3', { customer: 'Harbour Mills' })
  const fixed = await confirmed('CHK-4')
  const world = {
    site,
    api,
    contract,
    ending,
    link,
    revokedLink,
    defect: await confirmed('CHK-1'),
    confidential: await confirmed('CHK-2', { customer: 'Harbour Mills' }),
    paused: await made(`/defects/${paused.id}/events`, { type: 'paused', note: 'We wait for your file.' }),
    fixed: await made(`/defects/${fixed.id}/events`, { type: 'fixed' }),
    plannedRelease: await made('/releases', { name: '2.0', planned_at: '2026-12-01T00:00:00Z' }),
  }
  site.clock.advance({ minutes: 10 })
  return world
}

const UNKNOWN = 'nothing00000'
const CALENDAR = { name: 'Days', time_zone: 'UTC' }
const POLICY = { name: 'Quick', calendar_id: 'standard', goals: STANDARD_POLICY.goals }
const CONTRACT = { name: 'Silver', customer: 'Another', policy_id: 'standard' }
const DEFECT = { key: 'CHK-9', title: 'Off by one', severity: 'low' }

const invalid = { status: 422, type: 'invalid' }
const conflict = { status: 409, type: 'conflict' }
const notFound = { status: 404, type: 'not-found' }

/** One refused field of a body that is otherwise in order. */
function bad(where: { method: string; path: BadRequest['path']; body: object }) {
  return (name: string, change: object, ...pointers: string[]): BadRequest => {
    return { name, ...where, body: { ...where.body, ...change }, ...invalid, pointers }
  }
}

const newCalendar = bad({ method: 'POST', path: '/sla/calendars', body: CALENDAR })
const oldCalendar = bad({ method: 'PATCH', path: '/sla/calendars/standard', body: {} })
const newPolicy = bad({ method: 'POST', path: '/sla/policies', body: POLICY })
const oldPolicy = bad({ method: 'PATCH', path: '/sla/policies/standard', body: {} })
const newContract = bad({ method: 'POST', path: '/sla/contracts', body: CONTRACT })
const oldContract = bad({
  method: 'PATCH',
  path: ({ contract }) => `/sla/contracts/${contract.id}`,
  body: {},
})
const newDefect = bad({ method: 'POST', path: '/defects', body: DEFECT })
const page = bad({ method: 'PATCH', path: '/page', body: {} })

const sundays = Array.from({ length: 58 }, (_, weeks) =>
  Temporal.PlainDate.from('2027-01-03').add({ weeks }).toString(),
)

const CALENDARS: BadRequest[] = [
  newCalendar('nothing said', { name: undefined, time_zone: undefined }, '/name', '/time_zone'),
  newCalendar('a zone that is none', { time_zone: 'Asia/Nowhere' }, '/time_zone'),
  newCalendar('an offset as a zone', { time_zone: '+05:30' }, '/time_zone'),
  newCalendar('a zone without end', { time_zone: 'x'.repeat(101) }, '/time_zone'),
  newCalendar('a weekday that is none', { weekdays: [1, 8] }, '/weekdays'),
  newCalendar('a weekday twice', { weekdays: [1, 1] }, '/weekdays'),
  newCalendar('a weekday as a text', { weekdays: ['1'] }, '/weekdays/0'),
  newCalendar('no weekday', { weekdays: [] }, '/weekdays'),
  newCalendar('a date that is none', { excluded_dates: ['2026-12-25', '2026-02-29'] }, '/excluded_dates/1'),
  newCalendar('no window', { windows: [] }, '/windows'),
  newCalendar('a window that closes first', { windows: [['17:00', '09:00']] }, '/windows/0'),
  newCalendar(
    'windows that overlap',
    {
      windows: [
        ['09:00', '12:00'],
        ['11:00', '17:00'],
      ],
    },
    '/windows/1',
  ),
  newCalendar('half a window', { windows: [['09:00']] }, '/windows/0'),
  newCalendar('days that never come', { weekdays: [7], excluded_dates: sundays }, '/excluded_dates'),
  newCalendar('several wrong fields', { time_zone: 'Mars/Base', weekdays: [0] }, '/time_zone', '/weekdays'),
  newCalendar('a beginning of what has none', { valid_from: '2026-12-01' }, '/valid_from'),
  oldCalendar('an edit of nothing', {}, ''),
  oldCalendar(
    'an edit after which it never counts',
    { weekdays: [7], excluded_dates: sundays },
    '/excluded_dates',
  ),
  oldCalendar('an edit on the day of a clock', { weekdays: [1], valid_from: '2026-11-12' }, '/valid_from'),
  oldCalendar('an edit before there was anything', { name: 'Old', valid_from: '1999-01-01' }, '/valid_from'),
  oldCalendar('a beginning that is no day', { name: 'Old', valid_from: '2026-13-01' }, '/valid_from'),
  oldCalendar('a beginning with a time', { name: 'Old', valid_from: '2026-12-01T00:00:00Z' }, '/valid_from'),
  oldCalendar('an end, which only contracts have', { name: 'Days', valid_to: '2027-01-01' }, '/valid_to'),
  { name: 'an unknown calendar', path: `/sla/calendars/${UNKNOWN}`, ...notFound },
  {
    name: 'an edit of an unknown one',
    method: 'PATCH',
    path: `/sla/calendars/${UNKNOWN}`,
    body: { name: 'X' },
    ...notFound,
  },
]

const goals = (severity: string, changed: object | undefined) => ({
  goals: { ...POLICY.goals, [severity]: changed && { ...STANDARD_POLICY.goals.low, ...changed } },
})

const POLICIES: BadRequest[] = [
  newPolicy('no goals', { goals: undefined }, '/goals'),
  newPolicy('a severity without a promise', goals('medium', undefined), '/goals/medium'),
  newPolicy('a goal without a promise', goals('low', { fix: undefined }), '/goals/low/fix'),
  newPolicy('an unknown severity', goals('blocker', {}), '/goals/blocker'),
  newPolicy('an unknown goal', goals('low', { answer: null }), '/goals/low/answer'),
  newPolicy(
    'a response in a release',
    goals('low', { response: { release: 'next' } }),
    '/goals/low/response',
  ),
  newPolicy('no time at all', goals('low', { response: { hours: 0 } }), '/goals/low/response/hours'),
  newPolicy('half a day', goals('low', { fix: { bdays: 1.5 } }), '/goals/low/fix'),
  newPolicy('a thousand weeks', goals('low', { fix: { weeks: 1_000 } }), '/goals/low/fix/weeks'),
  newPolicy('two times at once', goals('low', { fix: { hours: 4, bdays: 1 } }), '/goals/low/fix'),
  newPolicy('a promise in words', goals('low', { fix: 'soon' }), '/goals/low/fix'),
  newPolicy('an unknown calendar', { calendar_id: UNKNOWN }, '/calendar_id'),
  oldPolicy('an edit of nothing', {}, ''),
  oldPolicy('an unknown calendar in an edit', { calendar_id: UNKNOWN }, '/calendar_id'),
  oldPolicy('an edit that forgets a severity', goals('high', undefined), '/goals/high'),
  oldPolicy('an edit on the day of a clock', { name: 'New', valid_from: '2026-11-12' }, '/valid_from'),
  { name: 'an unknown policy', path: `/sla/policies/${UNKNOWN}`, ...notFound },
  {
    name: 'an edit of an unknown one',
    method: 'PATCH',
    path: `/sla/policies/${UNKNOWN}`,
    body: { name: 'X' },
    ...notFound,
  },
]

const linksOf = ({ contract }: World) => `/sla/contracts/${contract.id}/links`

const CONTRACTS: BadRequest[] = [
  newContract('nobody it is with', { customer: undefined }, '/customer'),
  newContract('a customer and a plan', { plan: 'Gold' }, '/customer'),
  newContract('a customer without a name', { customer: ' ' }, '/customer'),
  newContract('an unknown policy', { policy_id: UNKNOWN }, '/policy_id'),
  newContract(
    'an end before the beginning',
    { valid_from: '2026-12-01', valid_to: '2026-11-30' },
    '/valid_to',
  ),
  newContract('no day at all', { valid_from: '2026-12-01', valid_to: '2026-12-01' }, '/valid_to'),
  newContract('an end that has passed', { valid_to: '2026-11-01' }, '/valid_to'),
  newContract('a pause of the response', { pausable_goals: ['fix', 'response'] }, '/pausable_goals/1'),
  newContract('a goal twice', { pausable_goals: ['fix', 'fix'] }, '/pausable_goals'),
  newContract('another start', { clock_starts: 'payment' }, '/clock_starts'),
  newContract(
    'days that another one has',
    { customer: undefined, plan: 'Silver', valid_from: '2026-12-31' },
    '/valid_from',
  ),
  newContract(
    'an end in days that another one has',
    { customer: undefined, plan: 'Silver', valid_from: '2025-12-01', valid_to: '2026-01-02' },
    '/valid_to',
  ),
  newContract(
    'the day of a clock of theirs',
    { customer: 'Harbour Mills', valid_from: '2026-11-12' },
    '/valid_from',
  ),
  oldContract('an edit of nothing', {}, ''),
  oldContract('another customer', { name: 'X', customer: 'Another' }, '/customer'),
  oldContract('an edit on the day of a clock', { name: 'New', valid_from: '2026-11-12' }, '/valid_from'),
  oldContract('an end on the day of a clock', { valid_to: '2026-11-12' }, '/valid_to'),
  {
    name: 'an edit after the end',
    method: 'PATCH',
    path: ({ ending }) => `/sla/contracts/${ending.id}`,
    body: { name: 'New', valid_from: '2027-01-01' },
    ...invalid,
    pointers: ['/valid_to'],
  },
  { name: 'an unknown contract', path: `/sla/contracts/${UNKNOWN}`, ...notFound },
  {
    name: 'an edit of an unknown one',
    method: 'PATCH',
    path: `/sla/contracts/${UNKNOWN}`,
    body: { name: 'X' },
    ...notFound,
  },
  { name: 'links of an unknown contract', path: `/sla/contracts/${UNKNOWN}/links`, ...notFound },
  {
    name: 'a link to an unknown contract',
    method: 'POST',
    path: `/sla/contracts/${UNKNOWN}/links`,
    body: { name: 'X' },
    ...notFound,
  },
  {
    name: 'a link for nobody',
    method: 'POST',
    path: linksOf,
    body: { name: '' },
    ...invalid,
    pointers: ['/name'],
  },
  {
    name: 'a secret of one’s own',
    method: 'POST',
    path: linksOf,
    body: { name: 'X', secret: 'hunter2' },
    ...invalid,
    pointers: ['/secret'],
  },
  {
    name: 'revoking twice',
    method: 'DELETE',
    path: (world) => `${linksOf(world)}/${world.revokedLink.id}`,
    ...notFound,
  },
  {
    name: 'revoking a link of another contract',
    method: 'DELETE',
    path: ({ ending, link }) => `/sla/contracts/${ending.id}/links/${link.id}`,
    ...notFound,
  },
]

const DEFECTS: BadRequest[] = [
  newDefect('a customer’s defect for everybody', { customer: 'Harbour Mills', public: true }, '/public'),
  newDefect('a plan without a name', { plan: '' }, '/plan'),
  newDefect('a return of nothing', { follows: UNKNOWN }, '/follows'),
  {
    name: 'showing everybody what is a customer’s',
    method: 'PATCH',
    path: ({ confidential }) => `/defects/${confidential.id}`,
    body: { public: true },
    ...invalid,
    pointers: ['/public'],
  },
  {
    name: 'defects of a customer without a name',
    path: '/defects?customer=',
    ...invalid,
    pointers: ['?customer'],
  },
  { name: 'defects by something else', path: '/defects?severity=low', ...invalid, pointers: ['?severity'] },
]

/** An event that is refused. */
function event(
  name: string,
  defect: 'defect' | 'confidential' | 'paused' | 'fixed',
  body: object,
  refusal: Pick<BadRequest, 'status' | 'type' | 'pointers' | 'current'>,
): BadRequest {
  return { name, method: 'POST', path: (world) => `/defects/${world[defect].id}/events`, body, ...refusal }
}
const at = (...pointers: string[]) => ({ ...invalid, pointers })
const note = 'We looked again.'
const worse = { type: 'severity_changed', severity: 'critical', change: 'worsened', note }
const CALENDAR_EVENT = { type: 'replanned', note }

const EVENTS: BadRequest[] = [
  event('an unknown type', 'defect', { type: 'closed' }, at('/type')),
  event('a severity without a reason', 'defect', { ...worse, note: undefined }, at('/note')),
  event('a severity without a severity', 'defect', { ...worse, severity: undefined }, at('/severity')),
  event('a severity without its kind of change', 'defect', { ...worse, change: undefined }, at('/change')),
  event('a severity raised by lowering', 'defect', { ...worse, change: 'lowered' }, at('/change')),
  event('a severity lowered by getting worse', 'defect', { ...worse, severity: 'low' }, at('/change')),
  event(
    'a severity lowered in the past',
    'defect',
    { ...worse, severity: 'low', change: 'lowered', at: '2026-11-12T06:31:00Z' },
    at('/at'),
  ),
  event('a severity from before the clock', 'defect', { ...worse, at: '2026-11-12T06:29:00Z' }, at('/at')),
  event(
    'the severity that it has',
    'defect',
    { ...worse, severity: 'high' },
    {
      ...conflict,
      current: () => ({ severity: 'high' }),
    },
  ),
  event(
    'fields of other types',
    'defect',
    { ...worse, type: 'fixed', until: '2026-12-01' },
    at('/until', '/severity', '/change'),
  ),
  event('a deferral without the message', 'defect', { type: 'deferred', until: '2026-12-01' }, at('/note')),
  event(
    'a deferral in the past',
    'defect',
    { type: 'deferred', note, at: '2026-11-12T06:31:00Z' },
    at('/at'),
  ),
  event('a deferral to no day', 'defect', { type: 'deferred', note, until: 'soon' }, at('/until')),
  event(
    'a deferral of nothing',
    'fixed',
    { type: 'deferred', note },
    {
      ...conflict,
      current: ({ fixed }) => ({
        goals: fixed.sla.goals.map(({ goal, verdict }: Json) => ({ goal, verdict })),
      }),
    },
  ),
  event('a pause that the terms do not allow', 'defect', { type: 'paused', note }, at('/type')),
  event('a pause without a reason', 'confidential', { type: 'paused' }, at('/note')),
  event(
    'a pause in the past',
    'confidential',
    { type: 'paused', note, at: '2026-11-12T06:31:00Z' },
    at('/at'),
  ),
  event(
    'a pause twice',
    'paused',
    { type: 'paused', note },
    {
      ...conflict,
      current: () => ({ paused_since: '2026-11-12T06:30:00.000Z' }),
    },
  ),
  event('an end of no pause', 'confidential', { type: 'resumed' }, conflict),
  event('an end before its pause', 'paused', { type: 'resumed', at: '2026-11-12T06:29:00Z' }, at('/at')),
  event('a new calendar where there is none', 'defect', CALENDAR_EVENT, conflict),
  event('a new calendar for what is over', 'fixed', CALENDAR_EVENT, {
    ...conflict,
    current: ({ fixed }) => ({
      goals: fixed.sla.goals.map(({ goal, verdict }: Json) => ({ goal, verdict })),
    }),
  }),
  event('a withdrawal without a reason', 'fixed', { type: 'withdrawn' }, at('/note')),
  event('a withdrawal of nothing', 'defect', { type: 'withdrawn', note }, conflict),
  event(
    'a withdrawal of an unknown event',
    'fixed',
    { type: 'withdrawn', note, event_id: UNKNOWN },
    at('/event_id'),
  ),
]

const RELEASES: BadRequest[] = [
  bad({ method: 'PATCH', path: ({ plannedRelease }) => `/releases/${plannedRelease.id}`, body: {} })(
    'a plan moved without a reason',
    { planned_at: '2026-12-08T00:00:00Z' },
    '/reason',
  ),
  bad({ method: 'PATCH', path: ({ plannedRelease }) => `/releases/${plannedRelease.id}`, body: {} })(
    'a plan withdrawn for an empty reason',
    { planned_at: null, reason: ' ' },
    '/reason',
  ),
]

const PAGE: BadRequest[] = [
  page('commitments for some', { commitments: 'secret' }, '/commitments'),
  page('an empty note', { commitments_note: '  ' }, '/commitments_note'),
  page('a note without end', { commitments_note: 'x'.repeat(501) }, '/commitments_note'),
]

const test = testInWorld(makeWorld)

describe.for([
  { about: 'calendars', requests: CALENDARS },
  { about: 'policies', requests: POLICIES },
  { about: 'contracts', requests: CONTRACTS },
  { about: 'defects', requests: DEFECTS },
  { about: 'events', requests: EVENTS },
  { about: 'releases', requests: RELEASES },
  { about: 'the page', requests: PAGE },
])('a bad request about $about', ({ requests }) => {
  test.for(requests)('is refused and changes nothing: $name', async (request, { world }) => {
    await expectRefusal(world, request)
  })
})
