import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'

test('a demo whose port is taken says so in one sentence and leaves the running one’s database alone', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-demo-'))
  const database = path.join(folder, 'data/demo.db')
  await mkdir(path.dirname(database))
  await writeFile(database, 'of the demo that is running')
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const { port } = taken.address() as AddressInfo

  const demo = spawn(process.execPath, [path.resolve('src/demo/main.ts')], {
    cwd: folder,
    env: { ...process.env, AVOW_HOST: '127.0.0.1', AVOW_PORT: String(port) },
  })
  const exited = once(demo, 'exit')
  const [said, answered] = await Promise.all([text(demo.stderr), text(demo.stdout)])
  const [code] = await exited

  expect(code).toBe(1)
  expect(answered).toBe('')
  expect(said.trim().split('\n')).toEqual([
    `Port ${port} on 127.0.0.1 is taken. Set AVOW_PORT to another one, for instance AVOW_PORT=4322.`,
  ])
  expect(await readFile(database, 'utf8')).toBe('of the demo that is running')
  taken.close()
  await rm(folder, { recursive: true })
})
