import type { ComponentStatus } from '../../src/domain/components/component-status.ts'
import { listImpacts, readComponentStatuses } from '../../src/domain/components/impacts.ts'
import { listEvents } from '../../src/domain/events/list-events.ts'
import { toShortIso } from '../../src/lib/instant.ts'
import type { Site } from '../support/site.ts'

/** How a component of the cast is now. */
export async function statusOf(site: Site, component: keyof Site['components']): Promise<ComponentStatus> {
  const statuses = await readComponentStatuses(site.ctx.read, site.clock.now())
  return statuses.get(site.components[component]) ?? 'operational'
}

/** Everything that ever affected a component: level, begin, end. */
export async function impactsOn(site: Site, component: keyof Site['components']) {
  const componentIds = [site.components[component]]
  const impacts = await listImpacts(site.ctx.read, { from: 0, until: Number.MAX_SAFE_INTEGER, componentIds })
  return impacts.map(({ level, from, until }) => [
    level,
    toShortIso(from),
    until === null ? null : toShortIso(until),
  ])
}

/** What the audit log says of a subject, oldest first. */
export async function eventsOf(site: Site, subjectId: string): Promise<string[]> {
  const events = await listEvents(site.ctx.read, { limit: 100, subjectId })
  return events.map(({ type }) => type).reverse()
}

/** How many of several attempts at the same time succeeded, and the codes of those that did not. */
export async function outcomesOf(
  attempts: Promise<unknown>[],
): Promise<{ succeeded: number; codes: string[] }> {
  const settled = await Promise.allSettled(attempts)
  const failed = settled.filter((attempt) => attempt.status === 'rejected')
  return { succeeded: settled.length - failed.length, codes: failed.map(({ reason }) => String(reason.code)) }
}
