import { describe, expect, test } from 'vitest'
import { openContext } from '../../src/context.ts'
import { createToken } from '../../src/domain/staff/tokens.ts'
import { settle } from '../../src/jobs/settle.ts'
import { createWeb } from '../../src/web.ts'
import { stillClock } from '../support/clock.ts'
import { ENGINES, makePage, OPERATOR } from '../support/page.ts'
import { signIn } from '../support/staff.ts'
import { testConfig } from '../support/test-config.ts'
import { report } from './extent.ts'

// F10: the clock of the machine jumps, and is set right again.

const RIGHT = '2026-11-12T12:00:00+05:30'
const JUMPS = ['2026-11-12T13:00:00+05:30', '2026-11-12T11:00:00+05:30', '2026-11-11T12:00:00+05:30']
const FAR = ['2038-01-19T03:14:08Z', '2100-03-01T00:00:00Z']

describe.for(ENGINES)('a clock that jumps, on %s', (engine) => {
  test('makes no event earlier than the one before it, and moves no verdict', async ({ onTestFinished }) => {
    const { api, ctx, clock } = await start(engine, onTestFinished)
    const defect = await api('POST', '/defects', {
      key: 'CHK-1',
      title: 'It is lost',
      severity: 'high',
      confirmed_at: RIGHT,
    })
    const incident = await api('POST', '/incidents', { name: 'Slow', body: 'Looking.' })
    await api('PUT', `/incidents/${incident.id}/defects/${defect.id}`)
    clock.advance({ minutes: 30 })
    await api('POST', `/incidents/${incident.id}/updates`, {
      status: 'identified',
      body: 'The cause is known.',
    })
    await settle.runOne(ctx)
    const verdicts = async () => {
      const { sla } = await api('GET', `/defects/${defect.id}`)
      return sla.goals.map((goal: { goal: string; verdict: string; deadline_at: string }) => [
        goal.goal,
        goal.verdict,
        goal.deadline_at,
      ])
    }
    const before = await verdicts()
    expect(before.map(([, verdict]: string[]) => verdict)).toContain('met')
    const afterwards: [jump: string, verdicts: unknown][] = []
    for (const jump of JUMPS) {
      clock.set(jump)
      await api('POST', '/incidents', { name: 'Another', body: 'Looking.' })
      await settle.runOne(ctx)
      clock.set(RIGHT)
      clock.advance({ minutes: 31 })
      afterwards.push([jump, await verdicts()])
    }
    for (const jump of FAR) {
      clock.set(jump)
      await api('POST', '/incidents', { name: 'Another', body: 'Looking.' })
    }
    clock.set(RIGHT)
    clock.advance({ minutes: 31 })
    afterwards.push(['all of them', await verdicts()])
    await api('POST', '/incidents', { name: 'The last', body: 'Looking.' })
    const events = await ctx.read.selectFrom('event').select(['id', 'at']).orderBy('id').execute()
    const backward = events.filter(({ at }, index) => at < (events[index - 1]?.at ?? 0))
    report(`F10 clock on ${engine}`, {
      jumps: JUMPS.length + FAR.length,
      events: events.length,
      'of these backward': backward.length,
      'verdicts moved': afterwards.filter(([, after]) => JSON.stringify(after) !== JSON.stringify(before))
        .length,
    })
    expect(backward).toEqual([])
    for (const [jump, after] of afterwards) expect([jump, after]).toEqual([jump, before])
  })

  test('revives neither a token nor a session that has come after its end', async ({ onTestFinished }) => {
    const { ctx, clock, ask } = await start(engine, onTestFinished)
    const { secret } = await ctx.write(OPERATOR, (tx) =>
      createToken(tx, { name: 'short', scopes: ['read'], expiresAt: Date.parse(RIGHT) + 60_000 }),
    )
    const { cookie } = await signIn((work) => ctx.write(OPERATOR, work), 'viewer', { origin: ctx.config.url })
    const statuses = async () => {
      const answers = [ask('GET', '/me', undefined, { Authorization: `Bearer ${secret}` })]
      answers.push(ask('GET', '/me', undefined, { Cookie: cookie }))
      return (await Promise.all(answers)).map(({ status }) => status)
    }
    expect(await statuses()).toEqual([200, 200])
    clock.advance({ days: 4 })
    expect(await statuses()).toEqual([401, 401])
    // What is kept behind an answer is kept before the next write.
    await ctx.write(OPERATOR, async () => undefined)
    const afterwards: [jump: string, statuses: number[]][] = []
    for (const jump of [...JUMPS, RIGHT]) {
      clock.set(jump)
      afterwards.push([jump, await statuses()])
    }
    report(`F10 expired token and session on ${engine}`, {
      jumps: afterwards.length,
      revived: afterwards.flatMap(([, answers]) => answers).filter((status) => status !== 401).length,
    })
    expect(afterwards).toEqual([...JUMPS, RIGHT].map((jump) => [jump, [401, 401]]))
  })
})

async function start(engine: (typeof ENGINES)[number], onTestFinished: (end: () => Promise<void>) => void) {
  const page = await makePage(engine)
  const clock = stillClock(RIGHT)
  const ctx = openContext(testConfig(page.url), { now: clock.now })
  onTestFinished(async () => {
    await ctx.close()
    await page.remove()
  })
  const web = createWeb(ctx)
  const mine = { Authorization: `Bearer ${page.secret}` }
  const ask = (method: string, path: string, body?: object, who: Record<string, string> = mine) =>
    Promise.resolve(
      web.request(`/api/admin/v1${path}`, {
        method,
        headers: { ...who, ...(body && { 'Content-Type': 'application/json' }) },
        body: body === undefined ? null : JSON.stringify(body),
      }),
    )
  const api = async (method: string, path: string, body?: object) => {
    const response = await ask(method, path, body)
    const text = await response.text()
    expect([path, response.status < 300, text]).toEqual([path, true, text])
    return text === '' ? {} : JSON.parse(text)
  }
  return { ctx, clock, ask, api }
}
