import autocannon from 'autocannon'
import { percentile } from './bench.ts'

/** How a server stood a load. */
export interface LoadResult {
  requests: number
  seconds: number
  /** By status, how many answers had it. */
  statuses: Record<string, number>
  p50Ms: number
  p99Ms: number
}

// A process of its own, so that asking takes nothing from who answers: `load.ts URL SECONDS CONNECTIONS HEADERS`.
const [url = '', seconds = '1', connections = '1', headers = '{}'] = process.argv.slice(2)
const durationsMs: number[] = []
const statuses: LoadResult['statuses'] = {}
const startedAt = performance.now()
const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>()
const load = autocannon(
  {
    url,
    connections: Number(connections),
    duration: Number(seconds),
    headers: JSON.parse(headers),
  },
  (error, result) => (error ? reject(error) : resolve(result)),
)
load.on('response', (_, status, __, durationMs) => {
  durationsMs.push(durationMs)
  statuses[status] = (statuses[status] ?? 0) + 1
})
const { errors } = await promise
if (errors > 0) throw new Error(`${errors} requests got no answer.`)
const result: LoadResult = {
  requests: durationsMs.length,
  seconds: (performance.now() - startedAt) / 1_000,
  statuses,
  p50Ms: percentile(durationsMs, 0.5),
  p99Ms: percentile(durationsMs, 0.99),
}
process.stdout.write(JSON.stringify(result))
