import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs the real command; see `runNode`. */
export function runAvow(args: string[], env: Record<string, string>, input = ''): Promise<Ran> {
  return runNode(['--import', './src/compiled.js', 'src/cli.ts', ...args], env, { input })
}

/**
 * Runs Node in a process of its own, with these variables and none of the machine's own but its time zone, so that
 * `npm run test:zones` reaches it too.
 */
export async function runNode(
  args: string[],
  env: Record<string, string>,
  { input = '', cwd }: { input?: string; cwd?: string } = {},
): Promise<Ran> {
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, TZ: process.env.TZ, AVOW_HOST: '127.0.0.1', ...env },
    ...(cwd !== undefined && { cwd }),
  })
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  child.stdin.end(input)
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exited])
  return { code, stdout, stderr }
}
