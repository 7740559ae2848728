import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import pg from 'pg'
import { inject } from 'vitest'
import { openVersionWatch, type VersionWatch } from '../../src/db/version-watch.ts'
import { getPage, updatePage } from '../../src/domain/page.ts'
import { describe, expect, test as onSite, type Site } from '../support/site.ts'

const test = onSite.extend<{ watch: VersionWatch }>({
  watch: async ({ site }, use) => {
    const watch = openVersionWatch(site.ctx.config.database, () => undefined)
    await use(watch)
    await watch.close()
  },
})

describe('the version of the page', () => {
  test('has every write that came before the question', async ({ site, watch }) => {
    for (let round = 0; round < 20; round += 1) {
      await rename(site, `Name ${round}`)
      await nextTurn()
      expect(await watch.version()).toBe((await getPage(site.ctx.read)).version)
    }
  })

  test('stays when something is written that nobody sees', async ({ site, watch }) => {
    const before = await watch.version()
    await site.as('administrator', (tx) => tx.db.updateTable('token').set({ last_used_at: tx.now }).execute())
    await nextTurn()
    expect(await watch.version()).toBe(before)
  })

  test('is the same for all who ask at once', async ({ site, watch }) => {
    const { version } = await getPage(site.ctx.read)
    const answers = await Promise.all(Array.from({ length: 100 }, () => watch.version()))
    expect([...new Set(answers)]).toEqual([version])
  })

  test('is told again after the database could not be asked', async ({ site, watch }) => {
    await watch.version()
    const { block, release } = await blocking(site)
    await block()
    await nextTurn()
    await expect(watch.version()).rejects.toThrow()
    await release()
    await rename(site, 'Again')
    await nextTurn()
    await expect
      .poll(() => watch.version().catch(() => 'cannot be asked'))
      .toBe((await getPage(site.ctx.read)).version)
  })
})

// Nothing keeps a reader of SQLite waiting.
if (inject('engine') === 'postgres') {
  test('the version of the page is not waited for when PostgreSQL says nothing', async ({ site, watch }) => {
    await watch.version()
    const { block, release } = await blocking(site)
    await block()
    const askedAt = performance.now()
    await expect(watch.version()).rejects.toThrow('No answer within 250 ms.')
    // Whoever comes while the question is overdue does not wait for a question of their own.
    await expect(watch.version()).rejects.toThrow('No answer within 250 ms.')
    expect(performance.now() - askedAt).toBeLessThan(1_000)
    await release()
  })

  test('an answer that was on its way when something was written is nobody’s who comes afterwards', async ({
    site,
    onTestFinished,
  }) => {
    const way = await slowWay(site.ctx.config.database)
    const watch = openVersionWatch(way.url, () => undefined)
    onTestFinished(async () => {
      await watch.close()
      way.close()
    })
    const before = await watch.version()
    way.hold()
    // It may take longer than it is waited for until something is written.
    const early = watch.version().catch(() => before)
    await way.holdsAnswer()
    await rename(site, 'Meanwhile')
    const late = watch.version()
    way.release()
    expect([await early, await late]).toEqual([before, before + 1])
  })

  test('whoever rests is woken by a write, not by one that fails, and again after the connection was lost', async ({
    site,
    watch,
  }) => {
    const { signal } = new AbortController()
    const restOf = async (ms: number) => {
      const startedAt = performance.now()
      await watch.untilWritten(ms, signal)
      return performance.now() - startedAt
    }
    const failing = () => site.as('administrator', () => Promise.reject(new Error('no')))
    await watch.version()
    const undisturbed = restOf(200)
    await expect(failing()).rejects.toThrow('no')
    expect(await undisturbed).toBeGreaterThan(190)

    const woken = restOf(5_000)
    await rename(site, 'Written')
    expect(await woken).toBeLessThan(2_500)

    const client = new pg.Client({ connectionString: site.ctx.config.database })
    await client.connect()
    const { rows } = await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query like 'select version from page%'`)
    await client.end()
    expect(rows.length).toBe(1)
    await expect.poll(() => watch.version().catch(() => 'cannot be asked')).not.toBe('cannot be asked')
    const wokenAgain = restOf(5_000)
    await rename(site, 'Written again')
    expect(await wokenAgain).toBeLessThan(2_500)
  })
}

/** Stands between a program and PostgreSQL, whose answers it can hold for a while. */
async function slowWay(url: string) {
  const { hostname, port } = new URL(url)
  const sockets: Socket[] = []
  const held = Promise.withResolvers<void>()
  const answered = Promise.withResolvers<void>()
  let isHeld = false
  const server = createServer((client) => {
    const database = connect(Number(port), hostname)
    sockets.push(client, database)
    client.on('data', (bytes) => database.write(bytes))
    database.on('data', async (bytes) => {
      if (isHeld) {
        answered.resolve()
        await held.promise
      }
      client.write(bytes)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const way = new URL(url)
  way.port = String((server.address() as AddressInfo).port)
  return {
    url: way.href,
    hold: () => {
      isHeld = true
    },
    holdsAnswer: () => answered.promise,
    release: held.resolve,
    close: () => {
      for (const socket of sockets) socket.destroy()
      server.close()
    },
  }
}

function rename(site: Site, name: string): Promise<void> {
  return site.as('administrator', (tx) => updatePage(tx, { name }))
}

/** What keeps the version from being read, and what lets it be read again. */
async function blocking({ ctx }: Site): Promise<{ block(): Promise<void>; release(): Promise<void> }> {
  const { database: url } = ctx.config
  if (inject('engine') === 'postgres') {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    return {
      block: async () => {
        await client.query('begin')
        await client.query('lock table page in access exclusive mode')
      },
      release: () => client.end(),
    }
  }
  const database = new BetterSqlite(url.slice('file:'.length))
  return {
    block: async () => {
      database.exec('alter table page rename to lost')
    },
    release: async () => {
      database.exec('alter table lost rename to page')
      database.close()
    },
  }
}
