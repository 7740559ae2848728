import type { Log } from '../context.ts'
import { rest } from '../lib/rest.ts'
import { startStopwatch } from '../lib/stopwatch.ts'
import type { SiteState } from '../page-cache/freshness.ts'
import { type Site, SiteCopy } from './copy-site.ts'
import type { SiteFolder } from './folder.ts'

/** How often somebody looks whether the page has changed, where nobody tells of it. */
const LOOK_MS = 200
/** After a failure, a full disk for instance. */
const FAILURE_REST_MS = 5_000
/** After each document so many times what it took, where nobody waits for it: readers come first. */
const REST_SHARE = 4
/** What changes although nobody writes is looked for everywhere so long after the last time at the earliest. */
const BY_ITSELF_EVERY_MS = 600_000

interface Kept {
  site: Site
  folder: SiteFolder
  /** The state of the page: the same object as long as nothing public can have changed. */
  current(): Promise<SiteState>
  /** Rests so long, or until a write is told of or the signal comes. */
  untilWritten(ms: number, signal: AbortSignal): Promise<void>
  /** Where a change is told that was written after a version; of one that nobody wrote, where what is open is told. */
  touched(sinceVersion: number): Promise<string[]>
  log: Log
}

/**
 * Keeps the copy in a folder as the page is, until the signal ends it: where a change is told, it is there within a
 * second, and in the manifest. All else is looked through afterwards, a little at a time, for what follows from it.
 */
export async function keepCopy(kept: Kept, signal: AbortSignal): Promise<void> {
  const { site, folder, current, untilWritten, touched, log } = kept
  const copy = new SiteCopy(site, folder)
  /** The state of which it is known what tells of it, and the one in which everything was copied. */
  let [known, copied]: (SiteState | undefined)[] = []
  /** What tells of it and is still to be copied, what is most urgent first. */
  let untold: string[] = []
  let sinceCopied = startStopwatch()

  const tell = async (): Promise<void> => {
    for (let told = 0; ; told += 1) {
      signal.throwIfAborted()
      const state = await current()
      if (known !== undefined && state !== known)
        untold = [...new Set([...(await touched(known.version)), ...untold])]
      known = state
      const [next] = untold
      if (next === undefined) return told > 0 ? copy.record() : undefined
      untold.shift()
      try {
        await copy.only(next)
      } catch (error) {
        // One that cannot be made keeps none of the others.
        untold.push(next)
        throw error
      }
    }
  }
  const isDue = () =>
    known !== copied && (known?.version !== copied?.version || sinceCopied() >= BY_ITSELF_EVERY_MS)

  while (!signal.aborted) {
    try {
      await tell()
      if (!isDue()) {
        await untilWritten(LOOK_MS, signal)
        continue
      }
      const state = known
      // A copy that is made for the first time in this run may be of last week: there is no time to lose.
      const { broken } = await copy.all({
        between: copied === undefined ? tell : restingAfter(tell, (ms) => untilWritten(ms, signal)),
      })
      copied = state
      sinceCopied = startStopwatch()
      if (broken.length > 0) log.warn({ broken }, 'The published copy has links that lead nowhere.')
    } catch (error) {
      if (signal.aborted) break
      log.error({ error }, 'The published copy could not be brought up to date.')
      await rest(FAILURE_REST_MS, signal)
    }
  }
  // What is there is whole, so the next run need not write it anew.
  await folder.finishSome([])
}

/** Looks for changes as often as always, and lets the machine rest for some times as long as the last document took. */
function restingAfter(
  look: () => Promise<void>,
  untilWritten: (ms: number) => Promise<void>,
): () => Promise<void> {
  let sinceRest = startStopwatch()
  return async () => {
    let leftMs = REST_SHARE * sinceRest()
    while (leftMs > 0) {
      // A write that is told of ends a rest early, and what is left of it is still due.
      const rested = startStopwatch()
      await untilWritten(Math.min(leftMs, LOOK_MS))
      leftMs -= rested()
      await look()
    }
    sinceRest = startStopwatch()
  }
}
