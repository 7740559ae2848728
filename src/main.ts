import { once } from 'node:events'
import { loadConfig } from './config.ts'
import { prepareContext } from './context.ts'
import { recomputeDeadlines } from './domain/sla/record/settle.ts'
import { SCOPES } from './domain/staff/scopes.ts'
import { listTokens } from './domain/staff/tokens.ts'
import { JOB_ACTOR } from './jobs/job.ts'
import { runJobs } from './jobs/run-jobs.ts'
import { startServer } from './server.ts'

const FIRST_STEPS = `Nobody can post yet. Make an API token, in this folder and with the same settings:
  npm run -s avow -- token create --name first ${SCOPES.map((scope) => `--scope ${scope}`).join(' ')}
`

/** Production: migrates, serves, works in the background, and stops cleanly. */
async function main(): Promise<void> {
  const config = loadConfig()
  const ctx = await prepareContext(config)
  const moved = await ctx.write(JOB_ACTOR, recomputeDeadlines)
  if (moved.length > 0) ctx.log.warn({ moved }, 'A newer time-zone database has moved open deadlines.')
  // Asked before it serves: from then on a database that is away ends nothing.
  const isNew = (await listTokens(ctx.read)).length === 0
  const stopping = new AbortController()
  // Listened to before it serves: a signal that nobody listens to ends the process in the middle of a request.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stopping.abort())
  const server = await startServer(config)
  const jobs = runJobs(ctx, stopping.signal)
  process.stderr.write(`Avow serves ${config.url} (listening on ${server.address})\n`)
  if (isNew) process.stderr.write(FIRST_STEPS)
  if (!stopping.signal.aborted) await once(stopping.signal, 'abort')
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
