import { mkdtemp } from 'node:fs/promises'
import path from 'node:path'
import { type Bench, BenchFailure, type Report } from './bench.ts'
import { type Comparison, comparisonReport, type Figures } from './comparison.ts'
import { ASKER, CONNECTIONS, loaded } from './loading.ts'
import { hasNginx, startNginx } from './nginx-server.ts'
import { makePage, type Page, USUAL_SIZE } from './page.ts'
import { startChild } from './processes.ts'
import { inFolder, type Program, startProgram } from './program.ts'
import { headerIn, rawAnswer } from './raw-answer.ts'

const SECONDS = 1

/** Everything that readers and their programs ask for all day; of the incident page the address is found first. */
const KINDS: readonly Kind[] = [
  { address: '/', leastOfNginx: 0.55 },
  { address: '/', isUnchanged: true },
  { address: '/incidents/ID' },
  { address: '/history' },
  { address: '/api/v2/incidents.json' },
  { address: '/history.rss' },
  { address: '/history.atom' },
  { address: '/feed.json' },
  { address: '/calendar.ics' },
  { address: '/social.png' },
]

interface Kind {
  address: string
  /** Readers have the bytes, and say so. */
  isUnchanged?: boolean
  leastOfNginx?: number
}

const WHO_ASKS =
  ASKER === 'wrk'
    ? 'wrk asks, from a core of its own, which it does not use up: what is compared are the servers.'
    : 'autocannon asks, from a core of its own, and often runs out of it first: of the two comparisons the one by ' +
      'processor time is the stricter.'

export const pageCache: Bench = {
  name: 'page-cache',
  description:
    `Documents of a page with 20 components, 90 days and 30 incidents, compressed with brotli, over ${CONNECTIONS} ` +
    'connections that are kept, against a bare node:http server and one worker of nginx, which send the same bytes ' +
    'from the same core in turn. Each run has processes of its own: one process of Node may be a twentieth slower ' +
    `than the next. ${WHO_ASKS}`,
  measure: (runs) => inFolder((folder) => measureKinds(folder, runs)),
}

async function measureKinds(folder: string, runs: number): Promise<Report> {
  const page = await makePage(`file:${path.join(folder, 'page.db')}`, USUAL_SIZE)
  const incident = await withProgram(page, async (program) => {
    const [open = ''] = await program.openIncidents()
    // While an outage runs, the home page changes with every minute.
    await program.post(open, { status: 'resolved', body: 'It works again.' })
    return open
  })
  const comparisons = new Map<Kind, Comparison>()
  for (let run = 0; run < runs; run++) {
    await withProgram(page, async (program) => {
      for (const kind of KINDS) {
        const made = await compare(kind, incident, program, await mkdtemp(path.join(folder, 'nginx-')))
        const before = comparisons.get(kind)?.runs ?? []
        comparisons.set(kind, { ...made, runs: [...before, ...made.runs] })
      }
    })
  }
  return comparisonReport([...comparisons.values()])
}

async function withProgram<Result>(page: Page, work: (program: Program) => Promise<Result>): Promise<Result> {
  const program = await startProgram(page)
  try {
    return await work(program)
  } finally {
    await program.stop()
  }
}

/** The servers in turn, so that a busy moment of the machine is everybody's. */
async function compare(
  { address: pattern, isUnchanged = false, leastOfNginx }: Kind,
  incident: string,
  program: Program,
  folder: string,
): Promise<Comparison> {
  const address = pattern.replace('ID', incident)
  const always = { 'accept-encoding': 'br' }
  const whole = await rawAnswer(program.origin + address, always)
  const asking = await askingOf(program.origin + address, always, isUnchanged)
  const answer = await rawAnswer(program.origin + address, asking)
  const bare = startChild(['bench/bare-server.ts'], { input: JSON.stringify(answer) })
  const nginx = hasNginx ? await startNginx(folder, address, whole) : null
  try {
    const bareUrl = `http://127.0.0.1:${await bare.says(/^(\d+)$/m)}${address}`
    const nginxAsking = nginx && (await askingOf(nginx.origin + address, always, isUnchanged))
    const measure = async () => ({
      bare: await figuresOf(bare.pid, bareUrl, asking, answer.status),
      program: await figuresOf(program.pid, program.origin + address, asking, answer.status),
      nginx:
        nginx &&
        nginxAsking &&
        (await figuresOf(nginx.pid, nginx.origin + address, nginxAsking, answer.status)),
    })
    await measure()
    const runs = [await measure(), await measure()]
    const bytes = Buffer.from(answer.body, 'base64').length
    return {
      kind: isUnchanged ? `${pattern} unchanged` : pattern,
      bytes,
      leastOfNginx: leastOfNginx ?? null,
      runs,
    }
  } finally {
    await nginx?.stop()
    await bare.stop()
  }
}

/** The headers of a reader, who has the tag of the bytes or has none. */
async function askingOf(url: string, always: Record<string, string>, isUnchanged: boolean) {
  if (!isUnchanged) return always
  return { ...always, 'if-none-match': headerIn(await rawAnswer(url, always), 'etag') }
}

/** @throws BenchFailure for an answer with another status: a fast failure is no figure */
async function figuresOf(
  pid: number,
  url: string,
  headers: Record<string, string>,
  status: number,
): Promise<Figures> {
  const answer = await rawAnswer(url, headers)
  if (answer.status !== status)
    throw new BenchFailure(`${url} was answered with ${answer.status} instead of ${status}.`)
  const { requests, seconds, ...figures } = await loaded([pid], url, headers, SECONDS)
  return { perSecond: requests / seconds, ...figures }
}
