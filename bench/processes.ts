import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { BenchFailure } from './bench.ts'

export const PROJECT = path.resolve(import.meta.dirname, '..')

/** A server under measurement, on a core of its own where the system can do that. */
export interface Child {
  pid: number
  /** The first group of what it writes, as soon as it does. */
  says(pattern: RegExp): Promise<string>
  stop(): Promise<void>
}

/** Servers have the first core, whoever asks them has another. */
const canPin = cpus().length > 1 && spawnSync('taskset', ['-V']).status === 0

export function startChild(args: string[], env: Record<string, string>, input = ''): Child {
  const [command = '', ...rest] = commandOf(0, args, env)
  const child = spawn(command, rest, { cwd: PROJECT })
  const ended = once(child, 'exit')
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
  child.stdin.end(input)
  return {
    pid: child.pid ?? 0,
    says: async (pattern) => {
      for (;;) {
        const found = pattern.exec(said)?.[1]
        if (found !== undefined) return found
        if (child.exitCode !== null) throw new BenchFailure(`${args.join(' ')} ended: ${said}`)
        await Promise.race([once(child.stdout, 'data'), once(child.stderr, 'data'), ended])
      }
    },
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** What a program writes until it ends. */
export async function output(args: string[], env: Record<string, string>): Promise<string> {
  const [command = '', ...rest] = commandOf(1, args, env)
  const options = { cwd: PROJECT, maxBuffer: 2 ** 24 }
  return (await promisify(execFile)(command, rest, options)).stdout
}

/** With these variables besides those that there are. */
function commandOf(core: number, args: string[], env: Record<string, string>): string[] {
  const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`)
  return [...(canPin ? ['taskset', '-c', String(core)] : []), 'env', ...variables, process.execPath, ...args]
}

const TICKS_PER_SECOND = 100

/** The processor time of a process with all its threads; null where the system does not tell. */
export async function cpuSeconds({ pid }: Child): Promise<number | null> {
  try {
    const fields = (await readFile(`/proc/${pid}/stat`, 'utf8')).replace(/^.*\) /s, '').split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  } catch {
    // Only Linux has such a file; the other figures need none.
    return null
  }
}
