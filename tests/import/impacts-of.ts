import type { AppContext } from '../../src/context.ts'
import { listImpacts } from '../../src/domain/components/impacts.ts'
import { toIso } from '../../src/lib/instant.ts'

/** Every impact there ever was, earliest first: level, begin, end. */
export async function impactsOf(ctx: AppContext) {
  const impacts = await listImpacts(ctx.read, { from: 0, until: ctx.now() })
  return impacts.map(({ level, from, until }) => [level, toIso(from), until === null ? null : toIso(until)])
}
