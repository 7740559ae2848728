import { BUILT_FILES, type Bundle } from './bundle.ts'
import { type Config, cacheFolderOf } from './config.ts'
import { type AppContext, type Log, openLog, prepareContext, systemClock } from './context.ts'
import { assertNotGone } from './db/open.ts'
import { openVersionWatch, type VersionWatch } from './db/version-watch.ts'
import { readQueueAges } from './domain/due-work.ts'
import { recomputeDeadlines } from './domain/sla/record/settle.ts'
import { readSite } from './domain/status-page/next-change.ts'
import { touchedAddresses } from './domain/status-page/touched-addresses.ts'
import { unlinkedAddresses } from './domain/status-page/unlinked-addresses.ts'
import { createFront } from './front.ts'
import { JOB_ACTOR } from './jobs/job.ts'
import { runJobs } from './jobs/run-jobs.ts'
import type { Metrics } from './metrics.ts'
import { readBuiltFiles } from './page-cache/built-files.ts'
import { Freshness } from './page-cache/freshness.ts'
import { type Origin, PageCache } from './page-cache/page-cache.ts'
import { namingSlow, render } from './page-cache/render.ts'
import { withStyleInside } from './page-cache/style-inside.ts'
import { tryUntilDone } from './patience.ts'
import { Readiness } from './readiness.ts'
import { type RunningServer, startServer } from './server.ts'
import { offerSetUp } from './set-up-link.ts'
import type { Site } from './site-copy/copy-site.ts'
import { SiteFolder } from './site-copy/folder.ts'
import { keepCopy } from './site-copy/keep-copy.ts'

/** What one process does besides serving. */
export interface Duties {
  /** The background work. */
  jobs: boolean
  /** Keeping the published copy, where the settings name a folder for it. */
  publish: boolean
  /** Telling on standard error where it serves; of several processes, the one that started them does. */
  announce: boolean
}

/** Serves in this process until the signal, and stops cleanly: opens the database, migrates it, answers. */
export async function serve(
  config: Config,
  bundle: Bundle,
  duties: Duties,
  stopping: AbortSignal,
): Promise<void> {
  const log = openLog(config)
  const { publishFolder } = config
  // Opened first of all: a folder that is not ours ends the start with a sentence.
  const copy = duties.publish && publishFolder !== null ? await SiteFolder.open(publishFolder) : undefined
  const builtFiles = await readBuiltFiles(BUILT_FILES, systemClock())
  const cache = await PageCache.open({ folder: cacheFolderOf(config), builtFiles, log, now: systemClock })
  const metrics = await metricsOf(config, cache, log)
  const readiness = new Readiness(() => cache.serving())
  const front = createFront({ cache, readiness, metrics, log })

  let server: RunningServer | undefined
  const ctx = await tryUntilDone(
    () => openForServing(config, cache),
    async (error, pauseMs) => {
      // Whoever starts it for the first time has to read what is wrong.
      if (!cache.hasPages) throw error
      log.error({ error, pauseMs }, 'The database cannot be opened; pages of an earlier run are served.')
      if (server !== undefined) return
      server = await startServer(config, front.listener, readiness)
      if (duties.announce) announce(config.url, `listening on ${server.address}`)
    },
    stopping,
  )
  if (ctx !== undefined) {
    const watch = openVersionWatch(config.database, (error) =>
      log.warn({ error }, 'The database closed the connection that is asked for changes.'),
    )
    const origin = originOf(ctx, watch, bundle, metrics)
    await cache.connect({ ...origin, render: withStyleInside(origin.render, builtFiles) })
    front.open(bundle.handler)
    metrics?.connect(() => readQueueAges(ctx.read, ctx.now()))
    const isAnnounced = server !== undefined
    server ??= await startServer(config, front.listener, readiness)
    // A database that is away ends nothing here.
    if (duties.announce)
      await offerSetUp(ctx).catch((error) => log.error({ error }, 'No set-up link was made.'))
    await warmUp(cache)
    if (duties.announce && !isAnnounced) announce(config.url, `listening on ${server.address}`)
    const jobs = duties.jobs ? runJobs(ctx, stopping) : undefined
    const publishing = copy && publish(ctx, watch, copy, { origin, builtFiles }, stopping)
    await aborted(stopping)
    await server.stop()
    await jobs
    await publishing
    await watch.close()
    await ctx.close()
  } else await server?.stop()
  await cache.close()
}

/** Opens the database for the first time in this run: a newer program may have to change it first. */
async function openForServing(config: Config, cache: PageCache): Promise<AppContext> {
  if (cache.hasPages) assertNotGone(config.database)
  const ctx = await prepareContext(config)
  try {
    const moved = await ctx.write(JOB_ACTOR, recomputeDeadlines)
    if (moved.length > 0) ctx.log.warn({ moved }, 'A newer time-zone database has moved open deadlines.')
    return ctx
  } catch (error) {
    await ctx.close()
    throw error
  }
}

/** What the page cache asks: this process for the state of the page, the bundle for documents. */
function originOf(
  ctx: AppContext,
  watch: VersionWatch,
  bundle: Bundle,
  metrics: Metrics | undefined,
): Origin {
  const make = namingSlow((path) => render(bundle.answer, ctx.config.url + path), ctx.log)
  return {
    freshness: new Freshness(watch, (now) => ctx.snapshot((reader) => readSite(reader, now)), ctx.now),
    render: metrics === undefined ? make : (path) => metrics.rendering(path, () => make(path)),
  }
}

/** Keeps a static copy of the page true. */
function publish(
  ctx: AppContext,
  watch: VersionWatch,
  folder: SiteFolder,
  { origin, builtFiles }: { origin: Origin; builtFiles: Site['builtFiles'] },
  signal: AbortSignal,
): Promise<void> {
  const { url } = ctx.config
  const unlinked = () => unlinkedAddresses(ctx.read, { url, now: ctx.now() })
  const kept = {
    site: { origin: url, render: origin.render, unlinked, builtFiles },
    folder,
    current: () => origin.freshness.current(),
    untilWritten: watch.untilWritten,
    touched: (since: number) => touchedAddresses(ctx.read, since, ctx.now()),
    log: ctx.log,
  }
  return keepCopy(kept, signal)
}

/**
 * Draws the page once, so that the first reader does not wait for modules, fonts and statements to be made ready; with
 * its logo, because it may have to be served without the bundle one day.
 */
async function warmUp(cache: PageCache): Promise<void> {
  const html = (await cache.prepare('/'))?.toString() ?? ''
  for (const [, path = ''] of html.matchAll(/<img class="logo[^"]*" src="(\/[^"]+)"/g))
    await cache.prepare(path)
}

/** Says where the page is, and how it is served. */
export function announce(url: string, how: string): void {
  process.stderr.write(`Avow serves ${url} (${how})\n`)
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

/** Its library is loaded only where somebody reads them. */
async function metricsOf({ metricsToken }: Config, cache: PageCache, log: Log): Promise<Metrics | undefined> {
  if (metricsToken === null) return undefined
  const { openMetrics } = await import('./metrics.ts')
  return openMetrics(metricsToken, { size: () => cache.size, log })
}
