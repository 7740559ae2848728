import cluster from 'node:cluster'
import type { Bundle } from './bundle.ts'
import { type Config, loadConfig } from './config.ts'
import { openContext, openLog } from './context.ts'
import { runProcesses } from './processes.ts'
import { announce, serve } from './serve.ts'
import { offerSetUp } from './set-up-link.ts'
import { readStartOptions } from './start-options.ts'

/**
 * The program with the options of its command line: serves until it is told to stop, in this process or in several, and
 * ends this one.
 * @throws Error with a sentence when it cannot serve
 */
export async function runProgram(bundle: Bundle, stopping: AbortSignal): Promise<void> {
  const { processes, jobs, publish } = readStartOptions()
  const config = loadConfig()
  const isAlone = processes === 1 || cluster.isWorker
  if (isAlone) await serve(config, bundle, { jobs, publish, announce: !cluster.isWorker }, stopping)
  else {
    const log = openLog(config)
    const onReady = () => {
      announce(config.url, `${processes} processes listening on ${config.host}:${config.port}`)
      offerSetUpOnce(config).catch((error) => log.error({ error }, 'No set-up link was made.'))
    }
    await runProcesses(processes, { log, onReady }, stopping)
  }
  // The pages hold a database connection of their own, which nothing outside them can close.
  process.exit(0)
}

/** The process that starts the others serves nothing itself, so it has no database open. */
async function offerSetUpOnce(config: Config): Promise<void> {
  const ctx = openContext(config)
  try {
    await offerSetUp(ctx)
  } finally {
    await ctx.close()
  }
}
