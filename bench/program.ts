import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { BenchFailure } from './bench.ts'
import { freePort } from './free-port.ts'
import type { Page } from './page.ts'
import { type Child, childrenOf, NODE_OPTIONS, PROJECT, startChild } from './processes.ts'

/** The program as `npm start` runs it, on a page. */
export interface Program extends Child {
  origin: string
  /** Posts an update to an incident; what it is answered. */
  post(incident: string, update: Update): Promise<string>
  /** The incidents that are not over. */
  openIncidents(): Promise<string[]>
  /** Says that what they affect is slow, and not out of order: an outage changes the page with each minute. */
  calmDown(): Promise<void>
  /** Its processes that serve. */
  serving(): Promise<number[]>
}

interface Update {
  status: string
  body: string
  components?: Record<string, string>
}

/** Together `processes` serve one port; one alone has a core of its own. `publishFolder` has the published copy. */
export async function startProgram(page: Page, { processes = 1, publishFolder = '' } = {}): Promise<Program> {
  const port = await freePort()
  const env = {
    AVOW_DATABASE: page.database,
    AVOW_PORT: String(port),
    AVOW_LOG_LEVEL: 'warn',
    AVOW_METRICS_TOKEN: '',
    AVOW_PUBLISH_DIR: publishFolder,
  }
  const options = processes === 1 ? [] : ['--processes', String(processes)]
  const args = [...NODE_OPTIONS, 'src/main.ts', ...options]
  const child = startChild(args, { env, onAnyCore: processes > 1 })
  const origin = `http://127.0.0.1:${port}`
  await child.says(/(Avow serves)/)
  const unresolved = async () => {
    const answer = await fetch(`${origin}/api/v2/incidents/unresolved.json`)
    return ((await answer.json()) as { incidents: { id: string; components: { id: string }[] }[] }).incidents
  }
  const post = async (incident: string, update: Update) => {
    const answer = await fetch(`${origin}/api/admin/v1/incidents/${incident}/updates`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${page.secret}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(update),
    })
    const text = await answer.text()
    if (!answer.ok) throw new BenchFailure(`An update was answered with ${answer.status}: ${text}`)
    return text
  }
  return {
    ...child,
    origin,
    serving: async () => (processes === 1 ? [child.pid] : childrenOf(child.pid)),
    openIncidents: async () => (await unresolved()).map(({ id }) => id),
    calmDown: async () => {
      for (const { id, components } of await unresolved()) {
        const slow = Object.fromEntries(components.map((it) => [it.id, 'degraded_performance']))
        await post(id, { status: 'identified', body: 'It is slow, and works again.', components: slow })
      }
    },
    post,
  }
}

/**
 * Work in a folder that is gone afterwards, on the built site.
 * @throws BenchFailure when the site is not built
 */
export async function inFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  if (!existsSync(path.join(PROJECT, 'dist/compiled'))) {
    throw new BenchFailure('The site is not built yet. Run `npm run build` first.')
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-bench-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
