import autocannon, { type Client } from 'autocannon'
import type { HerdCount } from './herd.ts'

// Readers in a process of their own: `herd-process.ts URL READERS PER_SECOND`. Each keeps its connection, asks again as
// soon as it is answered, or so often that all of them together ask that often, and sends the tag of what it has. Until
// standard input ends; then what they saw is written, as JSON.

const [url = '', readers = '1', perSecond = '0'] = process.argv.slice(2)
/** Nobody waits for so long; autocannon wants a number. */
const LONGEST_SECONDS = 3_600

const durationsMs: number[] = []
const counts = { aged: 0, backward: 0, latest: 0, broken: 0 }
const statuses: Record<string, number> = {}

/** Which update a tag stands for: the first reader who is sent it reads the page. */
const updates = new Map<string, number>()

const { promise: isOver, resolve, reject } = Promise.withResolvers<void>()
const herd = autocannon(
  {
    url,
    connections: Number(readers),
    // As often as they can is not a rate.
    ...(Number(perSecond) > 0 && { overallRate: Number(perSecond) }),
    duration: LONGEST_SECONDS,
    setupClient: follow,
  },
  (error) => (error ? reject(error) : resolve()),
)
herd.on('response', (_client, status, _bytes, durationMs) => {
  durationsMs.push(durationMs)
  statuses[status] = (statuses[status] ?? 0) + 1
})
herd.on('reqError', () => {
  counts.broken += 1
})
process.stdin.resume().once('end', () => herd.stop())
await isOver

durationsMs.sort((a, b) => a - b)
const at = (share: number) => durationsMs[Math.ceil(durationsMs.length * share) - 1] ?? Number.NaN
const result: HerdCount = {
  ...counts,
  statuses,
  answers: durationsMs.length,
  p50Ms: at(0.5),
  p99Ms: at(0.99),
  longestMs: at(1),
}
process.stdout.write(JSON.stringify(result))

/** One reader, who must never see an earlier update than before. */
function follow(client: Client): void {
  let known = 0
  client.setRequests([
    {
      onResponse: (status, body, _context, headers = {}) => {
        if ('age' in headers) counts.aged += 1
        if (status !== 200) return
        const tag = String(headers.etag)
        const shown = updates.get(tag) ?? latestUpdate(body)
        updates.set(tag, shown)
        if (shown < known) counts.backward += 1
        known = shown
        counts.latest = Math.max(counts.latest, shown)
        client.setHeaders({ 'if-none-match': tag })
      },
    },
  ])
}

function latestUpdate(html: string): number {
  return Math.max(0, ...[...html.matchAll(/Update (\d+)\./g)].map(([, number]) => Number(number)))
}
