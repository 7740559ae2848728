import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describeConfig, loadConfig } from './config.ts'

// The end of a build: the program starts once, on an empty page of its own, and what Node compiles for it is kept for
// every start after that. A build that cannot start fails here, with the program's own words.
const folder = await mkdtemp(path.join(tmpdir(), 'avow-first-start-'))
try {
  process.exitCode = await startOnce(path.join(folder, 'avow.db'))
} finally {
  await rm(folder, { recursive: true, force: true })
}

/** Its exit code. */
async function startOnce(file: string): Promise<number> {
  const config = { ...loadConfig(), database: `file:${file}`, cacheFolder: null, publishFolder: null }
  const lines = describeConfig({
    ...config,
    port: 0,
    secret: null,
    oidc: null,
    metricsToken: null,
    logLevel: 'warn',
  })
  const env = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2)))
  const program = spawn(process.execPath, [...process.execArgv, 'src/main.ts'], { env })
  const ended = once(program, 'close')
  let said = ''
  let hasServed = false
  program.stderr.on('data', (chunk) => {
    said += chunk
    if (hasServed || !said.includes('Avow serves')) return
    hasServed = true
    program.kill('SIGTERM')
  })
  const [code] = await ended
  if (code === 0) return 0
  process.stderr.write(said)
  return 1
}
