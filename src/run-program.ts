import cluster from 'node:cluster'
import { Command, InvalidArgumentError } from 'commander'
import type { Bundle } from './bundle.ts'
import { type Config, loadConfig } from './config.ts'
import { openContext, openLog } from './context.ts'
import { runProcesses } from './processes.ts'
import { announce, serve } from './serve.ts'
import { offerSetUp } from './set-up-link.ts'

interface Options {
  processes: number
  jobs: boolean
  publish: boolean
}

/**
 * The program with the options of its command line: serves until it is told to stop, in this process or in several, and
 * ends this one.
 * @throws Error with a sentence when it cannot serve
 */
export async function runProgram(bundle: Bundle, stopping: AbortSignal): Promise<void> {
  const { processes, jobs, publish } = readOptions()
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

function readOptions(): Options {
  return new Command('npm start --')
    .description(
      'Serves the status page, and does its background work. Settings are environment variables: see README.',
    )
    .option('--processes <number>', 'so many processes serve one port together', count, 1)
    .option('--no-jobs', 'only serve; `npm run worker` does the background work')
    .option('--no-publish', 'leave the copy in AVOW_PUBLISH_DIR to another process')
    .parse()
    .opts<Options>()
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

function count(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 1 || number > 64)
    throw new InvalidArgumentError('It must be a whole number from 1 to 64.')
  return number
}
