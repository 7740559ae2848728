import { Ajv2020 } from 'ajv/dist/2020.js'
import { createRelease } from '../../../src/domain/defects/write-release.ts'
import { updatePage } from '../../../src/domain/page.ts'
import { confirmed, happen, incidentOf } from '../../domain/status-page/commitments.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import type { Json } from '../admin/client.ts'
import { get } from './incident-story.ts'

const PATHS = [
  '/sla/record.csv',
  '/api/v2/sla/record.json',
  '/api/v2/sla/record.schema.json',
  '/api/v2/sla/commitments.json',
  '/api/v2/sla/commitments.schema.json',
]
const DOCUMENTS = ['/api/v2/sla/record.json', '/api/v2/sla/commitments.json']
const URL_OF_PAGE = 'https://status.ledgerlane.example'

describe('the documents about commitments', () => {
  test('may be read from any origin, and kept for a moment', async ({ site }) => {
    for (const path of PATHS) {
      const response = await site.web.request(path, { headers: { Origin: 'https://dashboard.example' } })
      expect([path, response.status]).toEqual([path, 200])
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'ETag,Link',
        'cache-control': 'public, max-age=15, stale-while-revalidate=60, stale-if-error=86400',
        'content-type': typeOf(path),
        etag: expect.stringMatching(/^"[\w-]+"$/),
      })
    }
  })

  test.for(['internal', 'off'] as const)(
    'are not there while commitments are %s',
    async (commitments, { site }) => {
      await site.as('administrator', (tx) => updatePage(tx, { commitments }))
      for (const path of PATHS) {
        const response = await site.web.request(path)
        expect([path, response.status]).toEqual([path, 404])
        expect(response.headers.get('Content-Type')).toBe('application/problem+json')
        expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
        expect(response.headers.get('Link')).toBeNull()
        expect(await response.json()).toMatchObject({ status: 404, title: 'Not found' })
      }
    },
  )

  test('are not sent again while nothing happens, though clocks run and run out', async ({ site }) => {
    await wholeStory(site)
    const etags = async () =>
      Promise.all(PATHS.map(async (path) => (await site.web.request(path)).headers.get('ETag')))
    const before = await etags()
    site.clock.advance({ minutes: 1 })
    for (const [index, path] of PATHS.entries()) {
      const headers = { 'If-None-Match': before[index] ?? '' }
      expect([path, (await site.web.request(path, { headers })).status]).toEqual([path, 304])
    }
    // The workaround of D-1 falls due.
    site.clock.set('2026-11-12T22:30:00.001+05:30')
    const after = await etags()
    expect(after.map((etag, index) => etag === before[index])).toEqual([false, false, true, false, true])
    site.clock.advance({ hours: 1 })
    expect(await etags()).toEqual(after)
  })

  test('do not say of a wrong address that it is there', async ({ site }) => {
    for (const path of [
      '/api/v2/sla/',
      '/api/v2/sla/record',
      '/api/v2/sla/terms.json',
      '/sla/commitments.csv',
    ])
      expect([path, (await site.web.request(path)).status]).toEqual([path, 404])
  })
})

describe('a JSON document', () => {
  test.for(DOCUMENTS)('names the schema that it is valid by: %s', async (path, { site }) => {
    const bare = await get(site, path)
    await wholeStory(site)
    await site.as('administrator', (tx) => updatePage(tx, { commitments_note: 'As in our terms.' }))
    const response = await site.web.request(path)
    const link = /^<([^>]+)>; rel="describedby"/.exec(response.headers.get('Link') ?? '')?.[1] ?? ''
    expect(link).toBe(`${URL_OF_PAGE}${path.replace('.json', '.schema.json')}`)
    const schema = await get(site, link.slice(URL_OF_PAGE.length))
    expect(schema).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', $id: link })
    const problems = problemsBy(schema)
    const document = await response.json()
    expect([problems(document), problems(bare)]).toEqual([null, null])
    // Somebody else's validator refuses what the schema does not allow.
    expect(problems({ ...document, note: 5 })).not.toBeNull()
    expect(problems({ page: document.page, note: null })).not.toBeNull()
    expect(keysBeyond(document, schema)).toEqual([])
    expect(keysBeyond({ ...document, page: { more: 1 } }, schema)).toEqual(['/page: more'])
  })
})

describe('the record', () => {
  test('tells the numbers of every month and severity, and the goals behind them', async ({ site }) => {
    const { high, incident, update } = await wholeStory(site)
    const { page, note, months, open, measured } = await get(site, '/api/v2/sla/record.json')
    expect(page).toMatchObject({ name: 'Ledger Lane', url: URL_OF_PAGE })
    expect(note).toBeNull()
    expect(open).toBe(4)
    expect(months.map(({ month, url }: Json) => [month, url])).toEqual([
      ['2026-11', `${URL_OF_PAGE}/sla/2026-11`],
      ['2026-10', `${URL_OF_PAGE}/sla/2026-10`],
    ])
    expect(months[0].severities).toEqual([
      row('critical', { met: 1 }),
      row('high', { met: 2, missed: 1, percent: 66.6 }),
      row('medium', { met: 3, deferred: 1 }),
      row('low', {}),
    ])
    expect(months[1].severities[3]).toEqual(row('low', { met: 1, no_promise: 2 }))
    expect(months[0].goals.find((goal: Json) => goal.verdict === 'missed')).toEqual({
      defect: {
        id: high,
        key: 'H-1',
        title: 'Trouble of H-1',
        url: `${URL_OF_PAGE}/defects/${high}`,
      },
      severity: 'high',
      goal: 'workaround',
      promise: 'within 24 hours',
      window: { hours: 24 },
      verdict: 'missed',
      counted_at: '2026-11-03T06:30:00.000Z',
      clock_starts_at: '2026-11-02T06:30:00.000Z',
      deadline_at: '2026-11-03T06:30:00.000Z',
      completed_at: '2026-11-05T06:30:00.000Z',
      evidence: null,
    })
    expect(months[0].goals.find((goal: Json) => goal.defect.key === 'D-1')).toMatchObject({
      goal: 'response',
      verdict: 'met',
      evidence: {
        incident_id: incident,
        update_id: update,
        url: `${URL_OF_PAGE}/incidents/${incident}#update-${update}`,
      },
    })
    for (const { severities, goals } of months) {
      const sum = (key: string) => severities.reduce((total: number, one: Json) => total + one[key], 0)
      for (const verdict of ['met', 'missed', 'deferred', 'no_promise'])
        expect(goals.filter((goal: Json) => goal.verdict === verdict)).toHaveLength(sum(verdict))
    }
    expect(measured).toEqual({
      first_response: { median_seconds: 600, percentile_90_seconds: 3600, count: 5 },
      first_word: { median_seconds: 600, percentile_90_seconds: 600, count: 1 },
    })
  })

  test('stands as a table with the same numbers', async ({ site }) => {
    await wholeStory(site)
    const text = await (await site.web.request('/sla/record.csv')).text()
    expect(text).toBe(
      [
        'month,severity,met,missed,due,attainment_percent,deferred,no_promise',
        '2026-11,critical,1,0,1,100,0,0',
        '2026-11,high,2,1,3,66.6,0,0',
        '2026-11,medium,3,0,3,100,1,0',
        '2026-11,low,0,0,0,,0,0',
        '2026-10,critical,0,0,0,,0,0',
        '2026-10,high,0,0,0,,0,0',
        '2026-10,medium,0,0,0,,0,0',
        '2026-10,low,1,0,1,100,0,2',
        '',
      ].join('\r\n'),
    )
  })

  test('is empty and whole while there is nothing', async ({ site }) => {
    const { months, open, measured } = await get(site, '/api/v2/sla/record.json')
    expect(months).toMatchObject([{ month: '2026-11', goals: [] }])
    expect(months[0].severities).toEqual(['critical', 'high', 'medium', 'low'].map((it) => row(it, {})))
    expect([open, measured]).toEqual([0, { first_response: null, first_word: null }])
  })
})

describe('the open commitments', () => {
  test('are told with all goals of their defect, the soonest deadline first, without running times', async ({
    site,
  }) => {
    const { critical, incident, update } = await wholeStory(site)
    const { defects } = await get(site, '/api/v2/sla/commitments.json')
    expect(defects.map(({ key }: Json) => key)).toEqual(['D-1', 'O-1'])
    expect(defects[0]).toMatchObject({
      id: critical,
      title: 'Trouble of D-1',
      severity: 'critical',
      status: 'confirmed',
      confirmed_at: '2026-11-12T13:00:00.000Z',
      policy: { id: 'standard', version: 1, name: 'Standard terms' },
      calendar: { id: 'standard', version: 1, time_zone: 'Asia/Kolkata', weekdays: [1, 2, 3, 4, 5] },
      url: `${URL_OF_PAGE}/defects/${critical}`,
    })
    expect(
      defects[0].goals.map((goal: Json) => [
        goal.goal,
        goal.verdict,
        goal.deadline_at,
        goal.evidence?.update_id ?? null,
        goal.used_business_seconds,
      ]),
    ).toEqual([
      ['response', 'met', '2026-11-12T17:00:00.000Z', update, 600],
      ['workaround', 'open', '2026-11-12T17:00:00.000Z', null, null],
      ['fix', 'open', '2026-11-16T13:00:00.000Z', null, null],
    ])
    expect(defects[0].goals[0].evidence.incident_id).toBe(incident)
    expect(defects[1].goals.map(({ verdict, planned_at }: Json) => [verdict, planned_at])).toEqual([
      ['met', null],
      ['open', null],
      ['open', '2026-12-02T06:30:00.000Z'],
    ])
  })
})

/** A line of the record, zero where nothing is said. */
function row(severity: string, counts: Record<string, number>) {
  const { met = 0, missed = 0, deferred = 0, no_promise = 0, percent = 100 } = counts
  const due = met + missed
  const attainment_percent = due === 0 ? null : percent
  return { severity, met, missed, due, attainment_percent, deferred, no_promise }
}

/** What becomes of five defects in two months; the clock ends on Thursday 12 November, 18:40 in India. */
async function wholeStory(site: Site) {
  const after = async (minutes: number, id: string, event: Parameters<typeof happen>[2]) => {
    site.clock.advance({ minutes })
    await happen(site, id, event)
  }
  site.clock.set('2026-10-20T12:00:00+05:30')
  await after(60, await confirmed(site, 'L-1', { severity: 'low' }), { type: 'responded' })

  site.clock.set('2026-11-02T12:00:00+05:30')
  const high = await confirmed(site, 'H-1', { severity: 'high' })
  await after(10, high, { type: 'responded' })
  site.clock.set('2026-11-05T12:00:00+05:30')
  await happen(site, high, { type: 'workaround' })
  await after(60, high, { type: 'fixed' })

  site.clock.set('2026-11-12T12:00:00+05:30')
  await site.as('administrator', (tx) =>
    createRelease(tx, { name: '26.49', planned_at: Date.parse('2026-12-02T06:30:00Z') }),
  )
  const medium = await confirmed(site, 'M-1', { severity: 'medium' })
  await after(10, medium, { type: 'responded' })
  await after(10, medium, { type: 'workaround' })
  await after(10, medium, { type: 'deferred', until: '2027-01-15', note: 'We told you by mail.' })
  await after(10, await confirmed(site, 'O-1', { severity: 'medium' }), { type: 'responded' })

  site.clock.set('2026-11-12T18:30:00+05:30')
  const critical = await confirmed(site, 'D-1')
  site.clock.advance({ minutes: 10 })
  const incident = await incidentOf(site, critical)
  const told = await get(site, `/api/v2/incidents/${incident}.json`)
  return { high, critical, incident, update: told.incident.incident_updates[0].id }
}

/** What a validator of somebody else’s finds wrong with a document; null: nothing. */
function problemsBy(schema: object): (document: unknown) => unknown {
  const ajv = new Ajv2020({
    allErrors: true,
    formats: {
      'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
      uri: (text: string) => URL.canParse(text),
    },
  })
  const validate = ajv.compile(schema)
  return (document) => (validate(document) ? null : validate.errors)
}

/** Keys of a document that its schema does not describe: it leaves room for more, and there is no more yet. */
function keysBeyond(value: Json, schema: Json, path = ''): string[] {
  if (value === null || typeof value !== 'object') return []
  const choices = choicesOf(schema)
  if (Array.isArray(value)) {
    const { items } = choices.find((one) => one.items)
    return value.flatMap((item) => keysBeyond(item, items, path))
  }
  const keys = Object.keys(value)
  const fits = choices.find(({ properties = {} }) => keys.every((key) => key in properties))
  if (fits === undefined) return [`${path}: ${keys.join(', ')}`]
  return keys.flatMap((key) => keysBeyond(value[key], fits.properties[key], `${path}/${key}`))
}

function choicesOf(schema: Json): Json[] {
  return schema.anyOf?.flatMap(choicesOf) ?? [schema]
}

function typeOf(path: string): string {
  if (path.endsWith('.csv')) return 'text/csv; charset=utf-8'
  return path.endsWith('.schema.json') ? 'application/schema+json' : 'application/json; charset=utf-8'
}
