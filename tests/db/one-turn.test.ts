import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import BetterSqlite from 'better-sqlite3'
import { test as base, describe, expect } from 'vitest'
import { openVersionWatch, type VersionWatch } from '../../src/db/version-watch.ts'
import { makePage } from '../support/page.ts'

// Requests that the event loop hands over together share one look at a SQLite file. None of them may have begun after a
// write that the look has not seen.

/** As many sockets as libuv takes from the kernel at once; where more are ready, it goes back for them in the same turn. */
const AT_ONCE = 1_024

const test = base.extend<{ page: { watch: VersionWatch; version(): number; write(): void } }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  page: async ({}, use) => {
    const { url, file, remove } = await makePage('sqlite')
    const watch = openVersionWatch(url, () => undefined)
    // Another connection is to the watch what another process is: its write is there when `write` returns.
    const other = new BetterSqlite(file)
    await use({
      watch,
      version: () => Number(other.prepare('select version from page').pluck().get()),
      write: () => void other.exec('update page set version = version + 1'),
    })
    other.close()
    await watch.close()
    await remove()
  },
})

describe('a look that is shared', () => {
  test('ends with the sockets that were ready before it, also within a turn', async ({
    page,
    onTestFinished,
  }) => {
    const { readers, server } = await crowd(AT_ONCE + 6)
    onTestFinished(() => void server.close())
    const { promise: done, resolve } = Promise.withResolvers<{ told: number | undefined; turns: number }>()
    let turns = 0
    let heard = 0
    server.on('asked', (what) => {
      heard += 1
      if (heard === 1) setImmediate(() => (turns += 1))
      const told = what === 'a part' ? undefined : page.watch.versionNow()
      if (heard === AT_ONCE - 4) {
        page.write()
        readers.at(-1)?.write('after the write')
      }
      if (what === 'after the write') resolve({ told, turns })
    })
    // Some have only said the beginning of what they want.
    for (const [number, reader] of readers.slice(0, -1).entries())
      reader.write(number < 10 ? 'a part' : 'before the write')
    // In another turn this would be no test.
    expect(await done).toEqual({ told: page.version(), turns: 0 })
    for (const reader of readers) reader.destroy()
  })

  test('serves nobody who comes after work that the look was not made for', async ({
    page,
    onTestFinished,
  }) => {
    const { readers, server } = await crowd(1)
    onTestFinished(() => void server.close())
    const told = new Promise((resolve) => server.on('asked', () => resolve(page.watch.versionNow())))
    await nextTurn()
    // In this part of a turn, jobs and copies look; sockets come after it.
    await page.watch.version()
    page.watch.versionNow()
    page.write()
    readers[0]?.write('after the write')
    expect(await told).toBe(page.version())
    readers[0]?.destroy()
  })
})

/** So many connections to a server in this process, which says `asked` whenever something comes in. */
async function crowd(size: number): Promise<{ readers: Socket[]; server: ReturnType<typeof createServer> }> {
  const server = createServer((socket) => socket.on('data', (what) => server.emit('asked', String(what))))
  server.listen({ port: 0, host: '127.0.0.1', backlog: size })
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const readers: Socket[] = []
  let accepted = 0
  const all = new Promise<void>((resolve) =>
    server.on('connection', () => {
      accepted += 1
      if (accepted === size) resolve()
    }),
  )
  for (let number = 0; number < size; number += 1) readers.push(connect(port, '127.0.0.1'))
  await Promise.all(readers.map((reader) => once(reader, 'connect')))
  await all
  await nextTurn()
  return { readers, server }
}
