import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { RawAnswer } from './bare-server.ts'
import { type Bench, BenchFailure, type Report } from './bench.ts'
import { type Comparison, comparisonReport, type Figures } from './comparison.ts'
import type { LoadResult } from './load.ts'
import { type Child, cpuSeconds, output, PROJECT, startChild } from './processes.ts'

const CONNECTIONS = 64
const SECONDS = 4

/** What readers ask for all day. */
const KINDS = [
  { kind: '/', path: '/' },
  { kind: '/ unchanged', path: '/', isUnchanged: true },
  { kind: '/api/v2/incidents.json', path: '/api/v2/incidents.json' },
  { kind: '/history.rss', path: '/history.rss' },
] as const

export const pageCache: Bench = {
  name: 'page-cache',
  description: `The program on the demo's database, ${CONNECTIONS} connections kept, held against a bare node:http server that sends the same bytes.`,
  measure: async (runs) => {
    if (!existsSync(path.join(PROJECT, 'dist/server/entry.mjs'))) {
      throw new BenchFailure('The site is not built yet. Run `npm run build` first.')
    }
    const folder = await mkdtemp(path.join(tmpdir(), 'avow-bench-'))
    try {
      return await measureProgram(folder, runs)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function measureProgram(folder: string, runs: number): Promise<Report> {
  const env = {
    AVOW_DATABASE: `file:${path.join(folder, 'demo.db')}`,
    AVOW_PORT: '0',
    AVOW_LOG_LEVEL: 'warn',
  }
  await output(['--input-type=module', '-e', BUILD_DEMO], env)
  const program = startChild(['src/main.ts'], env)
  try {
    const origin = await program.says(/listening on (http:\S+?)\)/)
    await resolveAll(origin, env)
    const comparisons: Comparison[] = []
    for (const kind of KINDS) comparisons.push(await compare(kind, program, origin, runs))
    return comparisonReport(comparisons)
  } finally {
    await program.stop()
  }
}

const BUILD_DEMO = `
  import { loadConfig } from './src/config.ts'
  import { buildDemo } from './src/demo/build-demo.ts'
  await buildDemo(loadConfig(), { now: Date.now() })`

/** While an outage runs, the home page changes with every minute, and nobody who has it is told "not modified" for long. */
async function resolveAll(origin: string, env: Record<string, string>): Promise<void> {
  const token = ['src/cli.ts', 'token', 'create', '--name', 'bench', '--scope', 'incidents:write']
  const secret = (await output(token, env)).trim()
  const { incidents } = (await (await fetch(`${origin}/api/v2/incidents/unresolved.json`)).json()) as {
    incidents: { id: string }[]
  }
  for (const { id } of incidents) {
    const answer = await fetch(`${origin}/api/admin/v1/incidents/${id}/updates`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ status: 'resolved', body: 'It works again.' }),
    })
    if (!answer.ok) throw new BenchFailure(`An incident could not be resolved: ${answer.status}.`)
  }
}

/** The program and a bare server in turn, so that a busy moment of the machine is both's. */
async function compare(
  { kind, path: address, ...rest }: (typeof KINDS)[number],
  program: Child,
  origin: string,
  runs: number,
): Promise<Comparison> {
  const headers: Record<string, string> = { 'accept-encoding': 'br' }
  if ('isUnchanged' in rest) headers['if-none-match'] = etagOf(await rawAnswer(origin + address, headers))
  const answer = await rawAnswer(origin + address, headers)
  const bare = startChild(['bench/bare-server.ts'], {}, JSON.stringify(answer))
  try {
    const bareOrigin = `http://127.0.0.1:${await bare.says(/^(\d+)$/m)}`
    const measure = (child: Child, url: string) => figuresOf(child, url + address, headers, answer.status)
    await measure(bare, bareOrigin)
    await measure(program, origin)
    const measured: Comparison['runs'] = []
    for (let run = 0; run < runs; run++) {
      measured.push({ bare: await measure(bare, bareOrigin), program: await measure(program, origin) })
    }
    return { kind, runs: measured }
  } finally {
    await bare.stop()
  }
}

/** @throws BenchFailure for an answer with another status: a fast failure is no figure */
async function figuresOf(
  child: Child,
  url: string,
  headers: Record<string, string>,
  status: number,
): Promise<Figures> {
  const before = await cpuSeconds(child)
  const load = ['bench/load.ts', url, String(SECONDS), String(CONNECTIONS), JSON.stringify(headers)]
  const result: LoadResult = JSON.parse(await output(load, {}))
  const after = await cpuSeconds(child)
  const others = Object.keys(result.statuses).filter((one) => one !== String(status))
  if (others.length > 0 || result.requests === 0)
    throw new BenchFailure(`${url} was answered with ${others.join(', ') || 'nothing'} instead of ${status}.`)
  return {
    perSecond: result.requests / result.seconds,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    cpuMicros: before === null || after === null ? null : ((after - before) / result.requests) * 1e6,
  }
}

/** An answer as it comes over the line, without what belongs to one connection. */
async function rawAnswer(url: string, headers: Record<string, string>): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>()
  const asking = request(url, { headers }, async (incoming) => {
    const body = await buffer(incoming)
    const lines = incoming.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 && !/^(date|connection|keep-alive)$/i.test(name) ? [name, all[index + 1] ?? ''] : [],
    )
    resolve({
      status: incoming.statusCode ?? 0,
      headers: lines,
      body: body.toString('base64'),
      ifNoneMatch: headers['if-none-match'] ?? null,
    })
  })
  asking.on('error', reject).end()
  return promise
}

function etagOf({ headers }: RawAnswer): string {
  return headers[headers.findIndex((name) => name.toLowerCase() === 'etag') + 1] ?? ''
}
