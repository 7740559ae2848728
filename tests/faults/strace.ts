import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'

/** Whether this machine has `strace` and lets it attach to a process. */
export function canTrace(): boolean {
  try {
    execFileSync('strace', ['-o', '/dev/null', 'true'], { stdio: 'ignore' })
    return true
  } catch {
    // Not installed, or not allowed: the test that asks says so.
    return false
  }
}

/** An `strace` that is attached to a process and spoils some of its system calls. */
export interface Injection {
  /** Lets the process go on undisturbed; the calls that were seen, one a line. */
  end(): Promise<string[]>
}

/**
 * Attaches to all threads of a process.
 * @param inject in strace's words, for instance `fsync,fdatasync:error=EIO:when=2+`
 * @param log a file that is not there yet
 */
export async function inject(pid: number, inject: string, log: string): Promise<Injection> {
  const calls = 'trace=openat,close,pwrite64,fsync,fdatasync'
  const args = ['-f', '-y', '-p', String(pid), '-o', log, '-e', calls, '-e', `inject=${inject}`]
  const strace = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] })
  const ended = once(strace, 'close')
  let said = ''
  await new Promise<void>((resolve, reject) => {
    strace.stderr.on('data', (chunk) => {
      said += String(chunk)
      if (said.includes('attached')) resolve()
    })
    strace.once('close', () => reject(new Error(`strace did not attach: ${said}`)))
  })
  return {
    end: async () => {
      strace.kill('SIGINT')
      await ended
      return (await readFile(log, 'utf8')).split('\n')
    },
  }
}
