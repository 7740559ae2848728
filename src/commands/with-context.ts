import { loadConfig } from '../config.ts'
import { type AppContext, prepareContext } from '../context.ts'

/** Runs a command's work on a prepared database. The log keeps to warnings: a command's result speaks for itself. */
export async function withContext<Result>(work: (ctx: AppContext) => Promise<Result>): Promise<Result> {
  const config = loadConfig()
  const quiet = config.logLevel === 'debug' || config.logLevel === 'info'
  const ctx = await prepareContext({ ...config, logLevel: quiet ? 'warn' : config.logLevel })
  try {
    return await work(ctx)
  } finally {
    await ctx.close()
  }
}
