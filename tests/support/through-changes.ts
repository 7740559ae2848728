import type { AppContext } from '../../src/context.ts'
import { nextChangeAt } from '../../src/domain/status-page/next-change.ts'
import type { Clock } from './clock.ts'
import { type Answer, answersOf, changed } from './public-routes.ts'

/** What became another while the clock went from one change to the next. */
export interface PassedChanges {
  /** Addresses that had changed before a change was told of, with the instant at which it was. */
  early: string[]
  /** Addresses that changed with one that was told of. */
  moved: Set<string>
}

/** Lets the clock go from change to change, so many times, and looks at what is there at all of these addresses. */
export async function goThroughChanges(
  page: {
    ctx: Pick<AppContext, 'read'>
    clock: Pick<Clock, 'now' | 'set'>
    get(address: string): Promise<Response>
  },
  addresses: readonly string[],
  times: number,
): Promise<PassedChanges> {
  const { ctx, clock, get } = page
  const passed: PassedChanges = { early: [], moved: new Set() }
  let before = await there(get, addresses)
  const ask = () => answersOf(get, [...before.keys()])
  for (let time = 0; time < times; time += 1) {
    const next = await nextChangeAt(ctx.read, clock.now())
    if (next <= clock.now()) throw new Error('The next change lies in the past.')
    clock.set(new Date(next - 1).toISOString())
    for (const address of changed(before, await ask()))
      passed.early.push(`${address} before ${new Date(next).toISOString()}`)
    clock.set(new Date(next).toISOString())
    const after = await ask()
    for (const address of changed(before, after)) passed.moved.add(address)
    before = after
  }
  return passed
}

async function there(
  get: (address: string) => Promise<Response>,
  addresses: readonly string[],
): Promise<Map<string, Answer>> {
  return new Map([...(await answersOf(get, addresses))].filter(([, { status }]) => status === 200))
}
