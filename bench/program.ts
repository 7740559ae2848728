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
  /** Posts an update to an incident; resolves when it is answered. */
  post(incident: string, update: { status: string; body: string }): Promise<void>
  /** The incidents that are not over. */
  openIncidents(): Promise<string[]>
  /** Its processes that serve. */
  serving(): Promise<number[]>
}

/** Together `processes` serve one port; one alone has a core of its own. */
export async function startProgram(page: Page, { processes = 1 } = {}): Promise<Program> {
  const port = await freePort()
  const env = {
    AVOW_DATABASE: page.database,
    AVOW_PORT: String(port),
    AVOW_LOG_LEVEL: 'warn',
    AVOW_METRICS_TOKEN: '',
    AVOW_PUBLISH_DIR: '',
  }
  const options = processes === 1 ? [] : ['--processes', String(processes)]
  const args = [...NODE_OPTIONS, 'src/main.ts', ...options]
  const child = startChild(args, { env, onAnyCore: processes > 1 })
  const origin = `http://127.0.0.1:${port}`
  await child.says(/(Avow serves)/)
  return {
    ...child,
    origin,
    serving: async () => (processes === 1 ? [child.pid] : childrenOf(child.pid)),
    openIncidents: async () => {
      const answer = await fetch(`${origin}/api/v2/incidents/unresolved.json`)
      return ((await answer.json()) as { incidents: { id: string }[] }).incidents.map(({ id }) => id)
    },
    post: async (incident, update) => {
      const answer = await fetch(`${origin}/api/admin/v1/incidents/${incident}/updates`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${page.secret}`, 'Content-Type': 'application/json' },
        body: JSON.stringify(update),
      })
      const text = await answer.text()
      if (!answer.ok) throw new BenchFailure(`An update was answered with ${answer.status}: ${text}`)
    },
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
