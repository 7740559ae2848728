import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '../context.ts'
import type { SiteState } from '../page-cache/freshness.ts'
import { copySite, type Site } from './copy-site.ts'
import type { SiteFolder } from './folder.ts'

/** How often somebody looks whether the page has changed. */
const LOOK_MS = 200
/** After a failure, a full disk for instance. */
const REST_MS = 5_000

interface Kept {
  site: Site
  folder: SiteFolder
  /** The state of the page: the same object as long as nothing public can have changed. */
  current(): Promise<SiteState>
  /** Where people look first for what was written after a version. */
  touched(sinceVersion: number): Promise<string[]>
  log: Log
}

/**
 * Keeps the copy in a folder as the page is, until the signal ends it: what was written about is there within a second,
 * all else that follows from it as soon as everything is rendered once.
 */
export async function keepCopy(
  { site, folder, current, touched, log }: Kept,
  signal: AbortSignal,
): Promise<void> {
  let copied: SiteState | undefined
  let seen: SiteState | undefined
  /** What is to be copied before all else, because of what happened since anybody looked. */
  const urgent = async (): Promise<string[]> => {
    const state = await current()
    const before = seen
    seen = state
    return before === undefined || before.version === state.version ? [] : touched(before.version)
  }
  while (!signal.aborted) {
    try {
      const first = await urgent()
      if (seen === copied) {
        await rest(LOOK_MS, signal)
        continue
      }
      const state = seen
      const { broken } = await copySite(site, folder, { first, urgent, signal })
      copied = state
      if (broken.length > 0) log.warn({ broken }, 'The published copy has links that lead nowhere.')
    } catch (error) {
      if (signal.aborted) return
      log.error({ error }, 'The published copy could not be brought up to date.')
      copied = undefined
      await rest(REST_MS, signal)
    }
  }
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  // Being woken early is how a stop reaches it.
  await delay(ms, undefined, { signal }).catch(() => undefined)
}
