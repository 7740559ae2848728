import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { freePort } from '../../bench/free-port.ts'
import { NODE_OPTIONS } from './node-options.ts'

export type Settings = Record<`AVOW_${string}`, string>

/** The program as a process of its own, started as `npm start` does. */
export interface RunningProgram {
  origin: string
  pid: number
  /** Everything that it has written so far, to standard output and standard error. */
  said(): string
  /** Asks it to end and waits; the exit code. */
  stop(): Promise<number | null>
  /** Ends it as a power cut would, with nothing finished, and waits. */
  kill(): Promise<void>
  /** Waits until it has ended by itself; the exit code. */
  ended(): Promise<number | null>
}

/** A program that has been started and may not serve yet. */
export interface LaunchedProgram extends RunningProgram {
  /** Resolves when it serves, and with `false` when it has ended before. */
  serves: Promise<boolean>
}

/** Where a program on a PostgreSQL database of tests keeps its pages, each database apart. */
export function pagesFolderOf(database: string): string {
  return path.join(tmpdir(), `avow-pages-${new URL(database).pathname.slice(1)}`)
}

/** What `/readyz` says of a program that has pages to serve and cannot ask its database. */
export const LAST_PAGES = '200 ready: the database cannot be asked; the last pages are served with their age'

/** The status of `/readyz`, and what it says. */
export async function readiness(origin: string): Promise<string> {
  const answer = await fetch(`${origin}/readyz`)
  return `${answer.status} ${(await answer.text()).trimEnd()}`
}

/** Starts the program, with options such as `--no-jobs`, and does not wait for it. */
export async function launchProgram(
  database: string,
  settings: Settings = {},
  options: string[] = [],
): Promise<LaunchedProgram> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const program = spawn(process.execPath, [...NODE_OPTIONS, 'src/main.ts', ...options], {
    env: {
      ...process.env,
      AVOW_DATABASE: database,
      AVOW_PORT: String(port),
      AVOW_URL: origin,
      AVOW_LOG_LEVEL: 'warn',
      ...(database.startsWith('postgres') && { AVOW_CACHE_DIR: pagesFolderOf(database) }),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (program.pid === undefined) throw new Error('The program could not be started.')
  const closed = once(program, 'close')
  const said: string[] = []
  program.stdout.on('data', (chunk) => said.push(String(chunk)))
  const serves = new Promise<boolean>((resolve) => {
    program.stderr.on('data', (chunk) => {
      said.push(String(chunk))
      if (said.join('').includes('Avow serves')) resolve(true)
    })
    program.once('close', () => resolve(false))
  })
  const ended = async () => {
    await closed
    return program.exitCode
  }
  return {
    origin,
    pid: program.pid,
    serves,
    ended,
    said: () => said.join(''),
    stop: () => {
      program.kill('SIGTERM')
      return ended()
    },
    kill: async () => {
      program.kill('SIGKILL')
      await closed
    },
  }
}

/** Starts the program and waits until it serves. */
export async function startProgram(
  database: string,
  settings: Settings = {},
  options: string[] = [],
): Promise<RunningProgram> {
  const program = await launchProgram(database, settings, options)
  if (!(await program.serves)) throw new Error(`The program did not start:\n${program.said()}`)
  return program
}
