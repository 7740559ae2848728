import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NODE_OPTIONS } from '../support/node-options.ts'

// The end of a build, in a folder that has the built site and nothing compiled yet.

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'avow-built-'))
  await mkdir(path.join(folder, 'dist'))
  for (const name of ['src', 'migrations', 'node_modules', 'package.json', 'dist/client', 'dist/server'])
    await symlink(path.resolve(name), path.join(folder, name))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const startOnce = (settings: Record<string, string> = {}) =>
  promisify(execFile)(process.execPath, [...NODE_OPTIONS, 'src/first-start.ts'], {
    cwd: folder,
    env: { ...process.env, ...settings },
  })
const compiled = async () => (await readdir(path.join(folder, 'dist/compiled'), { recursive: true })).sort()

test('a build keeps compiled whatever a start loads, so that the next one compiles nothing', async () => {
  await startOnce()
  const first = await compiled()
  expect(first.length).toBeGreaterThan(300)
  await startOnce()
  expect(await compiled()).toEqual(first)
})

test('a build that cannot start says why', async () => {
  await rm(path.join(folder, 'dist/server'))
  await mkdir(path.join(folder, 'dist/server'))
  await expect(startOnce()).rejects.toMatchObject({
    code: 1,
    stderr: 'The site is not built yet. Run `npm run build` first.\n',
  })
})
