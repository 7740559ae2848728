import { loadConfig } from '../src/config.ts'
import { openContext, systemClock } from '../src/context.ts'
import { createToken } from '../src/domain/staff/tokens.ts'
import { buildScenario, type ScenarioSize } from './scenario.ts'

/** A page to measure, in a database of its own. */
export interface Page {
  database: string
  /** With it one may post incidents. */
  secret: string
}

/** Fills an empty database with a page of this size, up to now. */
export async function makePage(database: string, size: ScenarioSize): Promise<Page> {
  const config = loadConfig({ AVOW_DATABASE: database, AVOW_LOG_LEVEL: 'warn' })
  await buildScenario(config, { ...size, now: systemClock() })
  const ctx = openContext(config)
  try {
    const actor = { kind: 'operator', id: null, name: 'bench' } as const
    const token = await ctx.write(actor, (tx) =>
      createToken(tx, { name: 'bench', scopes: ['incidents:write'] }),
    )
    return { database, secret: token.secret }
  } finally {
    await ctx.close()
  }
}

/** The page that most figures are about: 20 components, 90 days, 30 incidents. */
export const USUAL_SIZE: ScenarioSize = { components: 20, days: 90, incidents: 30 }
