import { afterEach } from 'vitest'
import {
  TRIES_PER_ACCOUNT,
  TRIES_PER_ADDRESS,
  type Tried,
  tryOf,
  tryOnce,
  trySlowly,
} from '../../src/auth/limits.ts'
import { type AppContext, openContext } from '../../src/context.ts'
import { findNewestEvent } from '../../src/domain/events/newest-event.ts'
import { getPage } from '../../src/domain/page.ts'
import { forgetAnswers } from '../../src/jobs/forget-answers.ts'
import { describe, expect, type Site, test } from '../support/site.ts'

const HERE = '203.0.113.9'

const others: AppContext[] = []
afterEach(async () => {
  for (const ctx of others.splice(0)) await ctx.close()
})

/** The page as another process has it open, or one that was started again. */
function anotherProcess({ ctx, clock }: Site): AppContext {
  const other = openContext(ctx.config, { now: clock.now, log: ctx.log })
  others.push(other)
  return other
}

interface Guess {
  account?: string
  address?: string | null
  isRight?: boolean
}

async function guess(
  ctx: AppContext,
  { account = 'ada', address = null, isRight = false }: Guess = {},
): Promise<Tried<string>['state']> {
  const tried = await trySlowly(ctx, await tryOf(ctx, { account, address }), async () =>
    isRight ? 'in' : undefined,
  )
  return tried.state
}

const guesses = async (ctx: AppContext, count: number, of: (round: number) => Guess = () => ({})) => {
  const states: string[] = []
  for (let round = 0; round < count; round += 1) states.push(await guess(ctx, of(round)))
  return [...new Set(states)]
}

describe('wrong tries', () => {
  test('from an address have a share of their own, whichever accounts they try', async ({
    site: { ctx },
  }) => {
    const begin = (account: number, address: string | null = HERE) =>
      guess(ctx, { account: `account ${account}`, address })
    for (let round = 0; round < TRIES_PER_ADDRESS - 1; round += 1) expect(await begin(round)).toBe('wrong')
    // What turns out right is none of them.
    expect(await guess(ctx, { account: 'account -1', address: HERE, isRight: true })).toBe('right')
    expect(await begin(-2)).toBe('wrong')
    expect(await begin(-3)).toBe('slow')
    expect(await begin(-3, '203.0.113.10')).toBe('wrong')
    expect(
      await guesses(ctx, TRIES_PER_ADDRESS, (it) => ({ account: `${it}`, address: `2001:db8::${it}` })),
    ).toEqual(['wrong'])
    expect(await guess(ctx, { address: '2001:db8:0:0:ffff::1' })).toBe('slow')
    expect(await guess(ctx, { address: '2001:db8:0:1::1' })).toBe('wrong')
    for (let round = 1; round < TRIES_PER_ACCOUNT; round += 1) expect(await begin(-3, null)).toBe('wrong')
    expect(await begin(-3, null)).toBe('slow')
  })

  test('count in every process, and after a restart', async ({ site }) => {
    const other = anotherProcess(site)
    expect(await guesses(site.ctx, 5)).toEqual(['wrong'])
    expect(await guesses(other, 5)).toEqual(['wrong'])
    for (const ctx of [site.ctx, other, anotherProcess(site)])
      expect(await guess(ctx, { isRight: true })).toBe('slow')
  })

  test('are forgotten after a right one, and after ten minutes, also when the clock goes back', async ({
    site: { ctx, clock },
  }) => {
    expect(await guesses(ctx, 9)).toEqual(['wrong'])
    expect(await guess(ctx, { isRight: true })).toBe('right')
    expect(await guesses(ctx, 10)).toEqual(['wrong'])
    clock.advance({ minutes: 9, seconds: 59 })
    expect(await guess(ctx, { isRight: true })).toBe('slow')
    clock.advance({ days: -1 })
    expect(await guesses(ctx, 10)).toEqual(['wrong'])
    expect(await guess(ctx, { isRight: true })).toBe('slow')
    clock.advance({ minutes: 10 })
    expect(await guess(ctx, { isRight: true })).toBe('right')
  })

  test('that come all at once, to several processes, get no more answers than one after another', async ({
    site,
  }) => {
    const processes = [site.ctx, anotherProcess(site)]
    // All have been looked at before one of them is counted.
    const { promise: allCame, resolve: cameLast } = Promise.withResolvers<void>()
    let came = 0
    const tried = await tryOf(site.ctx, { account: 'ada', address: HERE })
    const states = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        trySlowly(processes[index % 2] ?? site.ctx, tried, async () => {
          came += 1
          if (came === 30) cameLast()
          await allCame
          return undefined
        }),
      ),
    )
    expect(states.filter(({ state }) => state === 'wrong').length).toBe(TRIES_PER_ACCOUNT)
    expect(states.filter(({ state }) => state === 'slow').length).toBe(30 - TRIES_PER_ACCOUNT)
  })

  test('hold up no writer once they are slow', async ({ site: { ctx } }) => {
    await guesses(ctx, 10)
    const tried = await tryOf(ctx, { account: 'ada', address: null })
    const actor = { kind: 'staff', id: 'ada', name: 'Ada' } as const
    // Whoever had to stand in line behind this would be told after five seconds that the database is busy.
    await ctx.write(actor, async () => {
      expect(await guess(ctx)).toBe('slow')
      expect(await tryOnce(ctx, actor, tried, async () => 'in')).toEqual({ state: 'slow', seconds: 600 })
    })
  })

  test('leave nothing of what was typed, no event and no row for long, and write nothing once they are slow', async ({
    site: { ctx, clock },
  }) => {
    const before = [await findNewestEvent(ctx.read), await getPage(ctx.read)]
    const rows = () => ctx.read.selectFrom('wrong_try_count').selectAll().orderBy('key').execute()
    const typed = 'correct horse battery'
    await guesses(ctx, 12, () => ({ account: typed, address: HERE }))
    const kept = await rows()
    expect(kept.map(({ tries }) => tries)).toEqual([TRIES_PER_ACCOUNT, TRIES_PER_ACCOUNT])
    for (const hidden of [typed, HERE]) expect(JSON.stringify(kept)).not.toContain(hidden)
    expect([await findNewestEvent(ctx.read), await getPage(ctx.read)]).toEqual(before)
    expect(await forgetAnswers.runOne(ctx)).toBe(false)
    clock.advance({ minutes: 10 })
    expect(await forgetAnswers.runOne(ctx)).toBe(true)
    expect(await rows()).toEqual([])
  })
})
