import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type AppContext, prepareContext } from '../../src/context.ts'
import { buildPublicWorld, type PublicWorld, type Write } from './public-world.ts'
import { type RunningProgram, type Settings, startProgram } from './running-program.ts'
import { testConfig } from './test-config.ts'

/** The real program on a page with such a world. */
export interface PublicSite<World = PublicWorld> {
  origin: string
  world: World
  program: RunningProgram
  /** On the same database, from another process. */
  ctx: AppContext
  write: Write
  /** The database's file. */
  file: string
  stop(): Promise<void>
}

export const METRICS_TOKEN = 'a-token-of-metrics'

/** Starts it with something of everything that everybody sees. */
export function startPublicSite(settings: Settings = {}): Promise<PublicSite> {
  return startSiteWith(buildPublicWorld, settings)
}

/** Starts it with a log that tells everything. */
export async function startSiteWith<World>(
  build: (write: Write) => Promise<World>,
  settings: Settings = {},
): Promise<PublicSite<World>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-public-'))
  const file = path.join(folder, 'avow.db')
  const ctx = await prepareContext(testConfig(`file:${file}`))
  const write: Write = (work) => ctx.write({ kind: 'staff', id: 'responder', name: 'A responder' }, work)
  const world = await build(write)
  const program = await startProgram(`file:${file}`, {
    AVOW_LOG_LEVEL: 'debug',
    AVOW_METRICS_TOKEN: METRICS_TOKEN,
    ...settings,
  })
  return {
    origin: program.origin,
    world,
    program,
    ctx,
    write,
    file,
    stop: async () => {
      await program.stop()
      await ctx.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
