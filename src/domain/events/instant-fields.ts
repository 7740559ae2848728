import type { Instant } from '../../lib/instant.ts'

/** Instants of events stand under these names, or names that end so; older events have names in another spelling. */
const NAMES = /(^|_)at$|At$|^scheduled_(for|until)$/

/** Whether a field of an event is an instant, which is written in milliseconds. */
export function isInstantField(name: string, value: unknown): value is Instant {
  return typeof value === 'number' && NAMES.test(name)
}
