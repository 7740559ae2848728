import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { BenchFailure } from './bench.ts'

export const PROJECT = path.resolve(import.meta.dirname, '..')

const { scripts } = JSON.parse(readFileSync(path.join(PROJECT, 'package.json'), 'utf8')) as {
  scripts: { start: string }
}

/** What `npm start` tells Node before it names the program. */
export const NODE_OPTIONS = scripts.start.split(' ').slice(1, -1)

/** A server under measurement, on a core of its own where the system can do that. */
export interface Child {
  pid: number
  /** The first group of what it writes, as soon as it does. */
  says(pattern: RegExp): Promise<string>
  /** @throws BenchFailure with what it wrote, when it has ended */
  assertRunning(): void
  stop(): Promise<void>
}

export interface ChildOptions {
  /** Besides the variables that there are. */
  env?: Record<string, string>
  /** What it reads. */
  input?: string
  /** On whichever core is free: for several processes. */
  onAnyCore?: boolean
}

/** Servers have the first core, whoever asks them has another. */
export const canPin = cpus().length > 1 && spawnSync('taskset', ['-V']).status === 0
const SERVERS_CORE = 0
const ASKING_CORE = 1

/** Leaves the first core to servers, from now on; processes that this one starts begin where it is. */
export function leaveServersCore(): void {
  if (canPin) spawnSync('taskset', ['-a', '-c', '-p', String(ASKING_CORE), String(process.pid)])
}

/** Starts a server that is a script of Node. */
export function startChild(args: string[], options: ChildOptions = {}): Child {
  return startCommand(process.execPath, args, options)
}

/** Starts a server. */
export function startCommand(program: string, args: string[], options: ChildOptions = {}): Child {
  const cores = options.onAnyCore ? `0-${cpus().length - 1}` : String(SERVERS_CORE)
  const [command = '', ...rest] = [...on(cores), ...having(options.env), program, ...args]
  const child = spawn(command, rest, { cwd: PROJECT })
  const ended = once(child, 'exit')
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  child.stdin.end(options.input ?? '')
  const assertRunning = () => {
    if (child.exitCode !== null) throw new BenchFailure(`${args.join(' ')} ended: ${said}`)
  }
  return {
    pid: child.pid ?? 0,
    assertRunning,
    says: async (pattern) => {
      for (;;) {
        const found = pattern.exec(said)?.[1]
        if (found !== undefined) return found
        assertRunning()
        await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), ended])
      }
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** What a script of Node writes until it ends, on the core of those who ask or, like a server, on the first one. */
export function output(args: string[], options: OutputOptions = {}): Promise<string> {
  return outputOfCommand(process.execPath, args, options)
}

interface OutputOptions {
  env?: Record<string, string>
  onServersCore?: boolean
}

/** The same of any command. */
export async function outputOfCommand(
  program: string,
  args: string[],
  options: OutputOptions = {},
): Promise<string> {
  const core = options.onServersCore ? SERVERS_CORE : ASKING_CORE
  const [command = '', ...rest] = [...on(String(core)), ...having(options.env), program, ...args]
  return (await promisify(execFile)(command, rest, { cwd: PROJECT, maxBuffer: 2 ** 24 })).stdout
}

function on(cores: string): string[] {
  return canPin ? ['taskset', '-c', cores] : []
}

/** With these variables besides those that there are. */
function having(env: Record<string, string> = {}): string[] {
  return ['env', ...Object.entries(env).map(([name, value]) => `${name}=${value}`)]
}

const TICKS_PER_SECOND = 100

/** The processor time of processes with all their threads; null where the system does not tell. */
export async function cpuSeconds(pids: number[]): Promise<number | null> {
  try {
    const each = pids.map(async (pid) => {
      const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ')
      return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
    })
    return (await Promise.all(each)).reduce((sum, one) => sum + one, 0)
  } catch {
    // Only Linux has such a file; the other figures need none.
    return null
  }
}

/** The resident memory of a process, in megabytes of 2^20; null where the system does not tell. */
export async function residentMegabytes(pid: number): Promise<number | null> {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]
    return Number(kilobytes) / 1_024
  } catch {
    // As above.
    return null
  }
}

/** The processes that a process has started. */
export async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')
  return text.split(' ').filter(Boolean).map(Number)
}
