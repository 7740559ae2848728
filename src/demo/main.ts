import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import cliProgress from 'cli-progress'
import { type Config, describeConfig, loadConfig } from '../config.ts'
import { type AppContext, openContext } from '../context.ts'
import { SCOPES } from '../domain/staff/scopes.ts'
import { createToken } from '../domain/staff/tokens.ts'
import type { Cast } from './act.ts'
import { buildDemo } from './build-demo.ts'
import { addDemoStaff } from './staff.ts'
import { privateAddress, welcome } from './welcome.ts'

const DATABASE_FILE = 'data/demo.db'

/** `npm run demo`: makes the demo's database anew, says how to use it, and has the real program serve it. */
async function main(): Promise<void> {
  const config = { ...loadConfig(), database: `file:${DATABASE_FILE}` }
  // The port first: a demo that is running already keeps its database.
  await assertPortFree(config)
  for (const end of ['', '-wal', '-shm']) rmSync(`${DATABASE_FILE}${end}`, { force: true })
  const ctx = openContext(config)
  const cast = await build(ctx)
  const { secret } = await ctx.write({ kind: 'operator', id: null, name: 'Demo' }, (tx) =>
    createToken(tx, { name: 'Demo', scopes: [...SCOPES] }),
  )
  const signIn = await addDemoStaff(ctx)
  await ctx.close()
  process.stdout.write(welcome(config.url, { token: secret, signIn }, cast))
  process.stderr.write(privateAddress(config.url, cast))
  process.exitCode = await serve(config)
}

async function build(ctx: AppContext): Promise<Cast> {
  const bar = new cliProgress.SingleBar({
    format: 'Building a year of history {bar} {percentage} %',
    stream: process.stderr,
    clearOnComplete: true,
  })
  if (!process.stderr.isTTY) process.stderr.write('Building a year of history …\n')
  bar.start(1, 0)
  const cast = await buildDemo(ctx.config, {
    now: ctx.now(),
    onProgress: (done, total) => {
      bar.setTotal(total)
      bar.update(done)
    },
  })
  bar.stop()
  return cast
}

/**
 * Runs `src/main.ts` until it is stopped. In a process of its own, because the bundle that Astro made reads its
 * settings from the environment: the demo's database must stand there, whatever the caller's environment says.
 * @returns its exit code
 */
async function serve(config: Config): Promise<number> {
  const env = Object.fromEntries(
    describeConfig({ ...config, secret: null, oidc: null, metricsToken: null }).map((line) =>
      line.split(/=(.*)/s, 2),
    ),
  )
  const server = spawn(process.execPath, [...process.execArgv, 'src/main.ts'], { env, stdio: 'inherit' })
  // Ctrl+C reaches both; a second SIGINT would cut the server's clean end short.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => server.kill('SIGTERM'))
  const [code] = await once(server, 'exit')
  return code ?? 1
}

/** @throws Error with one sentence when something else listens there */
async function assertPortFree({ host, port }: Config): Promise<void> {
  const probe = createServer().listen(port, host)
  try {
    await once(probe, 'listening')
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    throw new Error(
      `Port ${port} on ${host} is taken. Set AVOW_PORT to another one, for instance AVOW_PORT=4322.`,
      {
        cause: error,
      },
    )
  }
  probe.close()
  await once(probe, 'close')
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
