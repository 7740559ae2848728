import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { freePort } from '../../bench/free-port.ts'
import { create } from '../support/admin-client.ts'
import { asSuperuser, emptyDatabase, preparePage } from '../support/page.ts'

// The services of deploy/compose.yaml without containers: the same commands with the same variables, on the real
// PostgreSQL and behind the real Caddy, where names of services have become ports of this machine.

const Service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  depends_on: z
    .union([z.array(z.string()), z.record(z.string(), z.object({ condition: z.string() }))])
    .optional(),
})
type Service = z.infer<typeof Service>
const Compose = z.object({ services: z.record(z.string(), Service), volumes: z.record(z.string(), z.null()) })

const WEB = ['web-1', 'web-2']

test('the services of compose.yaml start together, tell each other what is written, go one by one unnoticed, and serve on without their database', {
  timeout: 120_000,
}, async ({ onTestFinished }) => {
  const database = await emptyDatabase('postgres')
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-compose-'))
  const [one, other, proxyPort] = [await freePort(), await freePort(), await freePort()]
  const origin = `http://127.0.0.1:${proxyPort}`
  const { services, image } = await readSamples({ AVOW_URL: origin, POSTGRES_PASSWORD: 'avow' })
  expect(Object.keys(services).sort()).toEqual(['postgres', 'proxy', ...WEB, 'worker'])
  const running: ChildProcess[] = []
  onTestFinished(async () => {
    for (const child of running) await ended(child, 'SIGKILL')
    await rm(folder, { recursive: true, force: true })
    await database.remove()
  })
  const start = (name: string, more: Record<string, string> = {}) => {
    const { command = image.command, environment = {} } = services[name] ?? {}
    const [program = '', ...args] = command
    expect(environment.AVOW_DATABASE).toBe('postgres://avow:avow@postgres/avow')
    const child = spawn(program, args, {
      env: {
        ...process.env,
        ...image.environment,
        ...environment,
        AVOW_DATABASE: database.url,
        AVOW_CACHE_DIR: path.join(folder, name),
        AVOW_LOG_LEVEL: 'warn',
        ...more,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    running.push(child)
    return child
  }

  // All at once on a database in which there is nothing.
  const [first] = WEB.map((name, index) => start(name, { AVOW_PORT: String([one, other][index]) }))
  start('worker')
  for (const port of [one, other]) await untilHealthy(image.healthCheck, port)
  const secret = await preparePage(database.url)

  const proxy = await startProxy(folder, services.proxy, { [WEB[0] ?? '']: one, [WEB[1] ?? '']: other })
  if (proxy === undefined) console.info('Caddy is not installed here: both processes are asked themselves.')
  else running.push(proxy)
  const api = { origin: proxy === undefined ? `http://127.0.0.1:${other}` : origin, secret }
  const said = (port: number, address = '/') =>
    fetch(`http://127.0.0.1:${port}${address}`).then((it) => it.text())

  const { id } = await create(api, '/incidents', { name: 'Payments fail', body: 'We are looking into it.' })
  await create(api, `/incidents/${id}/updates`, { status: 'identified', body: 'A cable was cut.' })
  expect(await said(one)).toContain('A cable was cut.')
  expect(await said(other)).toContain('A cable was cut.')

  // Neither of them does background work; the worker alone can begin it.
  const maintenance = await create(api, '/maintenances', {
    name: 'New disks',
    body: 'Nothing stops.',
    scheduled_for: new Date(Date.now() + 500).toISOString(),
    scheduled_until: new Date(Date.now() + 3_600_000).toISOString(),
    scheduled_auto_in_progress: true,
  })
  for (
    let tries = 0;
    !(await said(one, `/maintenance/${maintenance.id}`)).includes('In progress');
    tries += 1
  ) {
    expect(tries).toBeLessThan(300)
    await delay(100)
  }

  let isGoing = true
  const readers = Array.from({ length: 8 }, async () => {
    const statuses: number[] = []
    while (isGoing) {
      const answer = await fetch(`${api.origin}/`)
      statuses.push(answer.status)
      await answer.text()
    }
    return statuses
  })
  await delay(300)
  expect(await ended(first, 'SIGTERM')).toBe(0)
  await create(api, `/incidents/${id}/updates`, { status: 'monitoring', body: 'It is spliced.' })
  await delay(1_000)
  isGoing = false
  const statuses = (await Promise.all(readers)).flat()
  console.info(`${statuses.length} requests while one of two processes went.`)
  expect(statuses.filter((status) => status !== 200)).toEqual([])
  expect(await (await fetch(`${api.origin}/`)).text()).toContain('It is spliced.')

  // The last pages are something to serve: a proxy goes on asking for them.
  const name = new URL(database.url).pathname.slice(1)
  await asSuperuser(`alter database ${name} with allow_connections false`)
  await asSuperuser(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
  for (const until = Date.now() + 2_000; Date.now() < until; await delay(50)) {
    const answer = await fetch(`${api.origin}/`)
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining('It is spliced.')])
  }
  expect((await fetch(`${api.origin}/`)).headers.get('age')).toMatch(/^\d+$/)
  await asSuperuser(`alter database ${name} with allow_connections true`)
  await expect.poll(async () => (await fetch(`${api.origin}/`)).headers.get('age')).toBeNull()
})

/** What the samples say, with these variables in place. */
async function readSamples(variables: Record<string, string>) {
  const text = (await readFile('deploy/compose.yaml', 'utf8')).replaceAll(
    /\$\{(\w+)(?::\?[^}]*)?\}/g,
    (_, name: string) => variables[name] ?? `no ${name}`,
  )
  const { services } = Compose.parse(parse(text, { merge: true }))
  const dockerfile = await readFile('deploy/Dockerfile', 'utf8')
  const listOf = (pattern: RegExp) =>
    z.array(z.string()).parse(JSON.parse(pattern.exec(dockerfile)?.[1] ?? ''))
  return {
    services,
    image: {
      command: listOf(/^CMD (.+)$/m),
      healthCheck: listOf(/^HEALTHCHECK CMD (.+)$/m),
      environment: Object.fromEntries(
        [...dockerfile.matchAll(/^ENV (\w+)=(.+)$/gm)].map(([, name, value]) => [name, value]),
      ),
    },
  }
}

async function untilHealthy([program = '', ...args]: string[], port: number): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const child = spawn(
      program,
      args.map((it) => it.replace(':4321', `:${port}`)),
    )
    const [code] = await once(child, 'close')
    if (code === 0) return
    if (tries > 100) throw new Error(`Nothing on port ${port} was ever healthy.`)
    await delay(100)
  }
}

/** The proxy of the samples; undefined where there is none on this machine. */
async function startProxy(
  folder: string,
  service: Service | undefined,
  ports: Record<string, number>,
): Promise<ChildProcess | undefined> {
  try {
    execFileSync('caddy', ['version'], { stdio: 'ignore' })
  } catch {
    // Not installed.
    return undefined
  }
  const sample = await readFile('deploy/proxy.Caddyfile', 'utf8')
  const settings = Object.entries(ports).reduce(
    (text, [name, port]) => text.replaceAll(`${name}:4321`, `127.0.0.1:${port}`),
    sample,
  )
  const file = path.join(folder, 'Caddyfile')
  await writeFile(file, `{\n\tadmin off\n}\n${settings}`)
  const child = spawn('caddy', ['run', '--config', file, '--adapter', 'caddyfile'], {
    env: { ...process.env, ...service?.environment, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: 'ignore',
  })
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`${service?.environment?.AVOW_URL}/readyz`).catch(() => undefined)
    if (answer?.status === 200) return child
    if (tries > 100) throw new Error('The proxy does not answer.')
    await delay(100)
  }
}

async function ended(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<number | null> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null)
    return child?.exitCode ?? null
  const closed = once(child, 'exit')
  child.kill(signal)
  const [code] = await closed
  return code
}
