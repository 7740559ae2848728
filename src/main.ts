import cluster from 'node:cluster'
import { Command, InvalidArgumentError } from 'commander'
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

const { processes, jobs, publish } = new Command('npm start --')
  .description(
    'Serves the status page, and does its background work. Settings are environment variables: see README.',
  )
  .option('--processes <number>', 'so many processes serve one port together', count, 1)
  .option('--no-jobs', 'only serve; `npm run worker` does the background work')
  .option('--no-publish', 'leave the copy in AVOW_PUBLISH_DIR to another process')
  .parse()
  .opts<Options>()

const stopping = new AbortController()
// Ctrl+C may come twice, from the terminal and from npm; the second one must not cut the clean end short.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.abort())

try {
  const config = loadConfig()
  const isAlone = processes === 1 || cluster.isWorker
  if (isAlone) await serve(config, { jobs, publish, announce: !cluster.isWorker }, stopping.signal)
  else {
    const log = openLog(config)
    const onReady = () => {
      announce(config.url, `${processes} processes listening on ${config.host}:${config.port}`)
      offerSetUpOnce(config).catch((error) => log.error({ error }, 'No set-up link was made.'))
    }
    await runProcesses(processes, { log, onReady }, stopping.signal)
  }
  // The bundle behind the handler holds a database connection of its own, which nothing outside it can close.
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
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
