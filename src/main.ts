import { loadConfig } from './config.ts'
import { prepareContext } from './context.ts'
import { runJobs } from './jobs/run-jobs.ts'
import { startServer } from './server.ts'

/** Production: migrates, serves, works in the background, and stops cleanly. */
async function main(): Promise<void> {
  const config = loadConfig()
  const ctx = await prepareContext(config)
  const server = await startServer(config)
  const stopping = new AbortController()
  const jobs = runJobs(ctx, stopping.signal)
  process.stderr.write(`Avow serves ${config.url} (listening on ${server.address})\n`)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())
  await new Promise((resolve) => stopping.signal.addEventListener('abort', resolve, { once: true }))
  await server.stop()
  await jobs
  await ctx.close()
}

try {
  await main()
  // The bundle behind the handler holds a database connection of its own, which nothing outside it can close.
  process.exit(0)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}
