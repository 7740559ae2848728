import autocannon from 'autocannon'
import { percentile } from './bench.ts'
import type { LoadResult } from './loading.ts'

// A process of its own, so that asking takes nothing from who answers:
// `load-by-autocannon.ts URL SECONDS CONNECTIONS HEADERS`.
const [url = '', seconds = '1', connections = '1', headers = '{}'] = process.argv.slice(2)
const durationsMs: number[] = []
let refused = 0
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
  if (status >= 400) refused += 1
})
const { errors } = await promise
const result: LoadResult = {
  requests: durationsMs.length,
  seconds: (performance.now() - startedAt) / 1_000,
  p50Ms: percentile(durationsMs, 0.5),
  p99Ms: percentile(durationsMs, 0.99),
  refused,
  unanswered: errors,
}
process.stdout.write(JSON.stringify(result))
