import { errorAnswer } from '../../../src/api/statuspage-v1/error-answer.ts'
import { DomainError, ERROR_CODES, type ErrorCode } from '../../../src/errors.ts'
import { describe, expect, test } from '../../support/site.ts'
import { signIn } from '../../support/staff.ts'
import { send, v1Client } from './client.ts'

describe('a request', () => {
  test('brings its token as OAuth, as Bearer or as api_key, and is refused without one that is good', async ({
    site,
  }) => {
    const { page, secret } = await v1Client(site, 'read')
    const ask = async (query: string, headers: Record<string, string>) =>
      (await send(site, 'GET', `/pages/${page}.json${query}`, { headers })).status
    expect({
      oauth: await ask('', { Authorization: `OAuth ${secret}` }),
      bearer: await ask('', { Authorization: `Bearer ${secret}` }),
      query: await ask(`?api_key=${secret}`, {}),
      none: await ask('', {}),
      other: await ask('', { Authorization: `Basic ${secret}` }),
      wrong: await ask('', { Authorization: 'OAuth nonsense' }),
      // What a header says is what counts.
      both: await ask(`?api_key=${secret}`, { Authorization: 'OAuth nonsense' }),
    }).toEqual({ oauth: 200, bearer: 200, query: 200, none: 401, other: 401, wrong: 401, both: 401 })
  })

  test('is a program’s: whoever has signed in to the console has no way in here', async ({ site }) => {
    const { cookie } = await signIn((work) => site.as('administrator', work), 'administrator', {
      origin: site.ctx.config.url,
    })
    expect((await send(site, 'GET', '/pages', { headers: { Cookie: cookie } })).status).toBe(401)
  })

  test('is refused with a sentence under the names that clients read', async ({ site }) => {
    const client = await v1Client(site, 'read')
    const headers = { Authorization: `OAuth ${client.secret}` }
    expect((await send(site, 'GET', '/pages', {})).body).toEqual({
      error: 'This address needs a token: send “Authorization: OAuth …”.',
      message: 'This address needs a token: send “Authorization: OAuth …”.',
    })
    const forbidden = await client.post('/components', { component: { name: 'Search' } })
    expect(forbidden).toMatchObject({
      status: 403,
      body: { error: 'This token lacks the scope components:write.' },
    })
    for (const path of ['/pages/nothing00000', '/pages/nothing00000/components', '/nowhere']) {
      const missing = await send(site, 'GET', path, { headers })
      expect(missing.status).toBe(404)
      expect(missing.body.error).toEqual(expect.any(String))
    }
    for (const id of ['nothing00000', 'Not an id', 'a%00b']) {
      expect((await client.get(`/components/${id}`)).status).toBe(404)
    }
    const writer = await v1Client(site)
    const wrong = await writer.post('/components', { component: { showcase: 'perhaps', color: 'red' } })
    expect(wrong).toMatchObject({
      status: 422,
      body: {
        error: [
          'name: This field is required.',
          'showcase: This must be true or false.',
          'color: There is no such field.',
        ],
      },
    })
    for (const page of ['0', '-1', 'x']) {
      expect((await client.get(`/components?page=${page}`)).body.error).toEqual([
        'page: This must be a whole number from 1.',
      ])
    }
  })

  test('may be a form, JSON, or JSON that does not say so', async ({ site }) => {
    const { page, secret } = await v1Client(site)
    const post = (body: string, type?: string) =>
      send(site, 'POST', `/pages/${page}/components.json`, {
        body,
        headers: { Authorization: `OAuth ${secret}`, ...(type !== undefined && { 'Content-Type': type }) },
      })
    const form = 'application/x-www-form-urlencoded'
    const made = await post(
      'component[name]=K%C3%B6ln+%26+co&component[showcase]=f&component[start_date]=',
      form,
    )
    expect(made).toMatchObject({ status: 201, body: { name: 'Köln & co', showcase: false } })
    expect((await post('component%5Bname%5D=Search', `${form}; charset=utf-8`)).status).toBe(201)
    expect((await post('{"component": {"name": "Unsaid"}}')).status).toBe(201)
    expect({
      list: (await post('component[]=1', form)).status,
      deep: (await post(`component${'[a]'.repeat(40)}=1`, form)).status,
      many: (await post('a=1&'.repeat(2_001), form)).status,
      prototype: (await post('component[__proto__][name]=x', form)).status,
      nul: (await post('component[name]=%00', form)).status,
      large: (await post(`component[name]=${'x'.repeat(70_000)}`, form)).status,
      xml: (await post('<component/>', 'application/xml')).status,
      broken: (await post('{"component": ')).status,
      text: (await post('"component"')).status,
    }).toEqual({
      list: 400,
      deep: 400,
      many: 400,
      prototype: 422,
      nul: 422,
      large: 413,
      xml: 400,
      broken: 400,
      text: 400,
    })
  })

  test('may hold objects that no text can be made of, and is refused as any other wrong one', async ({
    site,
  }) => {
    const { page, secret } = await v1Client(site)
    const odd = { toString: {}, valueOf: {} }
    const statusOf = async (method: string, path: string, fields: object) => {
      const body = JSON.stringify(fields)
      return (
        await send(site, method, `/pages/${page}${path}`, {
          body,
          headers: { Authorization: `OAuth ${secret}` },
        })
      ).status
    }
    expect([
      await statusOf('PATCH', '', { page: { hidden_from_search: odd } }),
      await statusOf('POST', '/components', { name: 'X', showcase: odd }),
      await statusOf('POST', '/components', { name: 'X', position: odd }),
      await statusOf('POST', '/incidents', { name: 'X', components: [odd] }),
    ]).toEqual([422, 422, 422, 422])
  })

  test('that arrives again with its key has one effect', async ({ site }) => {
    const client = await v1Client(site)
    const post = () =>
      client.post('/components', { component: { name: 'Once' } }, { 'Idempotency-Key': 'k1' })
    const [first, second] = [await post(), await post()]
    expect(second.body).toEqual(first.body)
    expect(second.headers.get('Idempotency-Replayed')).toBe('true')
    expect((await client.get('/components')).body).toHaveLength(4)
  })

  test('has the statuses that Statuspage describes, and a time to wait where it comes too often', () => {
    const statusOf = (code: ErrorCode) => errorAnswer(new DomainError(code, 'A sentence.')).status
    expect(Object.fromEntries(ERROR_CODES.map((code) => [code, statusOf(code)]))).toEqual({
      invalid: 422,
      malformed: 400,
      unauthenticated: 401,
      forbidden: 403,
      'not-found': 404,
      conflict: 422,
      'too-large': 413,
      'too-many': 429,
      busy: 503,
      'outcome-unknown': 503,
      'no-space': 507,
      unavailable: 503,
    })
    expect(errorAnswer(new DomainError('too-many', 'Wait.')).headers.get('Retry-After')).toBe('60')
  })

  test('leaves nothing that others may keep, and acts under the name of its token', async ({ site }) => {
    const client = await v1Client(site)
    const { headers, body } = await client.post('/components', { component: { name: 'Search' } })
    expect(headers.get('Cache-Control')).toBe('no-store')
    const event = await site.ctx.read
      .selectFrom('event')
      .select(['type', 'actor_kind', 'actor_name'])
      .where('subject_id', '=', body.id)
      .executeTakeFirstOrThrow()
    expect(event).toEqual({
      type: 'component.created',
      actor_kind: 'token',
      actor_name: 'incidents:write components:write',
    })
  })
})

describe('the page', () => {
  test('is read, is the only one, and takes the settings that it has', async ({ site }) => {
    const client = await v1Client(site)
    const read = await client.get('')
    expect(read.body).toMatchObject({
      id: client.page,
      time_zone: 'Asia/Kolkata',
      allow_rss_atom_feeds: true,
    })
    const headers = { Authorization: `OAuth ${client.secret}` }
    expect((await send(site, 'GET', '/pages', { headers })).body).toEqual([read.body])

    const changed = await client.patch('', { page: { name: 'Our page', url: 'https://example.com' } })
    expect(changed).toMatchObject({ status: 200, body: { name: 'Our page', url: 'https://example.com' } })
    expect((await client.put('', { page: { url: '', hidden_from_search: false } })).body).not.toHaveProperty(
      'url',
    )
    const refused = await client.patch('', {
      page: { name: 'No', hidden_from_search: true, css_greens: '#0f0' },
    })
    expect(refused.body.error).toEqual([
      'hidden_from_search: This cannot be set here.',
      'css_greens: This cannot be set here.',
    ])
    expect((await client.get('')).body.name).toBe('Our page')
  })
})
