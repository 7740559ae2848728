import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { type Dice, seededDice } from '../../src/demo/dice.ts'
import { type Answer, post } from '../support/admin-client.ts'
import { ENGINES, inspect, integrityOf, makePage } from '../support/page.ts'
import { launchProgram } from '../support/running-program.ts'
import { report, seed, times } from './extent.ts'

// F1: the program is killed at random moments while a client posts, and started again.

const ROUNDS = { sqlite: times({ quick: 5, full: 200 }), postgres: times({ quick: 5, full: 30 }) }
/** Longer than this a start takes on no machine that could run the tests. */
const START_MS = 1_500
/** So many posts are answered at most before a kill, which then comes at any moment of the next ones. */
const POSTS = 12
const MOMENT_MS = 30
const LANES = 3

// Each engine has a page and a program of its own, so that both can be at it at once.
test.concurrent.for(ENGINES)(
  'killed on %s again and again, it keeps all it has acknowledged, and nothing twice',
  {
    timeout: 1_800_000,
  },
  async (engine, { onTestFinished }) => {
    const page = await makePage(engine)
    onTestFinished(page.remove)
    const dice = seededDice(seed)
    const client = new PersistentClient(page.secret)
    let killedAtStart = 0
    for (let round = 1; round <= ROUNDS[engine]; round += 1) {
      if (!(await playRound(page.url, client, dice))) killedAtStart += 1
    }
    await finish(page.url, client)

    const found = await inspect(page.url, async (ctx) => ({
      posted: await ctx.read.selectFrom('status_update').select(['id', 'body']).execute(),
      events: await ctx.read.selectFrom('event').select(['id', 'type']).orderBy('id').execute(),
      version: (await ctx.read.selectFrom('page').select('version').executeTakeFirstOrThrow()).version,
    }))
    report(`F1 kill -9 on ${engine}`, {
      rounds: ROUNDS[engine],
      'killed while starting': killedAtStart,
      'posts acknowledged': client.acknowledged.size,
      'sent again after a broken connection': client.repeated,
      'of these had been stored before': client.replayed,
      'rows stored': found.posted.length,
      events: found.events.length,
      seed,
    })
    const stored = found.posted.map(({ body }) => body)
    expect(stored.filter((body, index) => stored.indexOf(body) !== index)).toEqual([])
    expect([...client.acknowledged.keys()].filter((body) => !stored.includes(body))).toEqual([])
    // Every request was sent until it was answered, so there is nothing beyond what was acknowledged either.
    expect(stored.length).toBe(client.acknowledged.size)
    expect(found.events.map(({ id }) => id)).toEqual(found.events.map((_, index) => index + 1))
    expect(found.version).toBe(found.events.length)
    const told = found.events.filter(({ type }) => /^incident\.(opened|updated)$/.test(type))
    expect(told.length).toBe(client.acknowledged.size)
    if (engine === 'sqlite') expect(integrityOf(page.file)).toBe('ok')
    expect(client.acknowledged.size).toBeGreaterThan(ROUNDS[engine])
  },
)

/** One life of the program; whether it came to serve. */
async function playRound(url: string, client: PersistentClient, dice: Dice): Promise<boolean> {
  const program = await launchProgram(url)
  const killsAtStart = dice.happens(0.1)
  if (killsAtStart) {
    await delay(dice.between(0, START_MS))
    await program.kill()
    return false
  }
  if (!(await program.serves)) throw new Error(`It did not start after a kill:\n${program.said()}`)
  const posting = client.postUntilBroken(program.origin)
  await client.hasAcknowledged(client.acknowledged.size + dice.whole(0, POSTS))
  await delay(dice.between(0, MOMENT_MS))
  await program.kill()
  await posting
  return true
}

/** Sends again what has no answer yet, without being disturbed. */
async function finish(url: string, client: PersistentClient): Promise<void> {
  const program = await launchProgram(url)
  if (!(await program.serves)) throw new Error(`It did not start after a kill:\n${program.said()}`)
  await client.sendAgain(program.origin)
  expect(await program.stop()).toBe(0)
}

interface Request {
  path: string
  body: { name?: string; status?: string; body: string }
  key: string
}

/** Posts numbered updates in several lanes at once, logs each answer, and sends again what was not answered. */
class PersistentClient {
  /** Texts that were answered 201, with the incident they went to. */
  readonly acknowledged = new Map<string, string>()
  repeated = 0
  replayed = 0
  readonly #secret: string
  #unanswered: Request[] = []
  #number = 0

  constructor(secret: string) {
    this.#secret = secret
  }

  async postUntilBroken(origin: string): Promise<void> {
    await this.sendAgain(origin)
    const lanes = Array.from({ length: LANES }, async () => {
      const opening = this.#next('/incidents', { name: 'Slow' })
      for (let answer = await this.#send(origin, opening); answer !== undefined; ) {
        const path = `/incidents/${answer.body.id}/updates`
        answer = await this.#send(origin, this.#next(path, { status: 'investigating' }))
      }
    })
    await Promise.all(lanes)
  }

  async hasAcknowledged(posts: number): Promise<void> {
    while (this.acknowledged.size < posts) await delay(1)
  }

  async sendAgain(origin: string): Promise<void> {
    const waiting = this.#unanswered
    this.#unanswered = []
    for (const request of waiting) {
      this.repeated += 1
      const answer = await this.#send(origin, request)
      if (answer?.headers.get('Idempotency-Replayed') === 'true') this.replayed += 1
    }
  }

  #next(path: string, fields: Partial<Request['body']>): Request {
    this.#number += 1
    return { path, body: { ...fields, body: `Text ${this.#number}.` }, key: `key-${this.#number}` }
  }

  /** The answer; undefined when there was none, whatever became of the request. */
  async #send(origin: string, request: Request): Promise<Answer | undefined> {
    let answer: Answer
    try {
      answer = await post({ origin, secret: this.#secret }, request.path, request.body, request.key)
    } catch (error) {
      // What `fetch` throws when the program dies under a request.
      if (!(error instanceof TypeError)) throw error
      this.#unanswered.push(request)
      return undefined
    }
    expect(answer).toMatchObject({ status: 201 })
    this.acknowledged.set(request.body.body, answer.body.id)
    return answer
  }
}
