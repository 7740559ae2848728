import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { type Log, systemClock } from './context.ts'

/** A process that ends by itself is followed by another one after this, then after twice as long, and so on. */
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 10_000
/** Whoever has run for so long did not fail at the start. */
const SETTLED_MS = 30_000

/**
 * Runs this program as so many processes that serve one port together, until the signal; one that dies is followed by
 * another. Only the first keeps the published copy. `onReady` hears once when all of them listen.
 * @throws Error when the first of them ends before it has served: what is wrong is wrong for all
 */
export async function runProcesses(
  count: number,
  { log, onReady }: { log: Log; onReady(): void },
  signal: AbortSignal,
): Promise<void> {
  const listening = new Set<number>()
  const places = Array.from({ length: count }, (_, place) => place)
  const isListening = (place: number) => {
    if (listening.has(place)) return
    listening.add(place)
    if (listening.size === count) onReady()
  }
  // One after the other at first: a new database is made by one.
  const first = await start(0, signal, isListening)
  if (first === undefined) return
  await Promise.all(
    places.map((place) => keepRunning(place, place === 0 ? first : undefined, { log, signal, isListening })),
  )
}

interface Keeping {
  log: Log
  signal: AbortSignal
  isListening(place: number): void
}

async function keepRunning(
  place: number,
  running: Worker | undefined,
  { log, signal, isListening }: Keeping,
): Promise<void> {
  let worker = running ?? fork(place, signal, isListening)
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const startedAt = systemClock()
    const code = await ended(worker)
    if (signal.aborted) return
    if (systemClock() - startedAt > SETTLED_MS) pauseMs = FIRST_PAUSE_MS
    log.error({ pid: worker.process.pid, code, pauseMs }, 'A process has ended; another one follows.')
    await delay(pauseMs, undefined, { signal }).catch(() => undefined)
    if (signal.aborted) return
    worker = fork(place, signal, isListening)
  }
}

/** The first process, once it listens; undefined when the signal came before. */
async function start(
  place: number,
  signal: AbortSignal,
  isListening: Keeping['isListening'],
): Promise<Worker | undefined> {
  const worker = fork(place, signal, isListening)
  const end = ended(worker)
  const outcome = await Promise.race([once(worker, 'listening'), end])
  if (Array.isArray(outcome)) return worker
  if (signal.aborted) return undefined
  throw new Error('No process could be started; its message is above.')
}

// Each takes connections from the port by itself. Handed out by this process instead, which is what cluster would do, a
// connection that was on its way to a process that dies would stay open with nobody to answer it.
cluster.schedulingPolicy = cluster.SCHED_NONE

function fork(place: number, signal: AbortSignal, isListening: Keeping['isListening']): Worker {
  const args = process.argv.slice(2)
  cluster.setupPrimary({ args: place === 0 ? args : [...args, '--no-publish'] })
  const worker = cluster.fork()
  const stop = () => worker.process.kill('SIGTERM')
  signal.addEventListener('abort', stop, { once: true })
  worker.once('exit', () => signal.removeEventListener('abort', stop))
  worker.once('listening', () => isListening(place))
  return worker
}

async function ended(worker: Worker): Promise<number | string> {
  const [code, signal] = await once(worker, 'exit')
  return code ?? signal
}
