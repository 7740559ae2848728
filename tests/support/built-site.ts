import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { buildDemo } from '../../src/demo/build-demo.ts'
import { freePort } from './free-port.ts'
import { testConfig } from './test-config.ts'

/**
 * Builds the site as `npm start` needs it and runs the real program twice: on the demo's database, and on an empty
 * one.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // vitest says that this is a test, which Vite would take for development: with laxer headers.
  const env = { ...process.env, NODE_ENV: 'production' }
  await promisify(execFile)('node_modules/.bin/astro', ['build'], { env })
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-site-'))
  const database = `file:${path.join(folder, 'demo.db')}`
  await buildDemo(testConfig(database), { now: Date.now() })
  const demo = await startProgram(database)
  const empty = await startProgram(`file:${path.join(folder, 'empty.db')}`)
  project.provide('builtSite', { origin: demo.origin, emptyOrigin: empty.origin })
  return async () => {
    await demo.stop()
    await empty.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

export interface RunningProgram {
  origin: string
  pid: number
  /** Everything that it has written so far, to standard output and standard error. */
  said(): string
  /** Asks it to end and waits; the exit code. */
  stop(): Promise<number | null>
}

/** Starts `src/main.ts` as a process of its own and waits until it is ready. */
export async function startProgram(
  database: string,
  settings: Record<`AVOW_${string}`, string> = {},
  args: readonly string[] = [],
): Promise<RunningProgram> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const program = spawn(process.execPath, ['src/main.ts', ...args], {
    env: {
      ...process.env,
      AVOW_DATABASE: database,
      AVOW_PORT: String(port),
      AVOW_URL: origin,
      AVOW_LOG_LEVEL: 'warn',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(program, 'exit')
  const said: string[] = []
  program.stdout.on('data', (chunk) => said.push(String(chunk)))
  await new Promise<void>((resolve, reject) => {
    program.stderr.on('data', (chunk) => {
      said.push(String(chunk))
      if (said.join('').includes('Avow serves')) resolve()
    })
    program.once('exit', () => reject(new Error(`The program did not start:\n${said.join('')}`)))
  })
  return {
    origin,
    pid: program.pid ?? 0,
    said: () => said.join(''),
    stop: async () => {
      program.kill('SIGTERM')
      await ended
      return program.exitCode
    },
  }
}
