import { loadConfig } from './config.ts'
import { prepareContext } from './context.ts'
import { runJobs } from './jobs/run-jobs.ts'

// The background work alone, for machines that serve nothing: `npm run worker`, beside `npm start -- --no-jobs`. Jobs
// claim what they do, so any number of these may run.
try {
  const stopping = new AbortController()
  // Ctrl+C may come twice, from the terminal and from npm; the second one must not cut the clean end short.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.abort())
  const ctx = await prepareContext(loadConfig())
  process.stderr.write('Avow works in the background.\n')
  await runJobs(ctx, stopping.signal)
  await ctx.close()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
