import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Bench, median, type Report, tableOf } from './bench.ts'
import { makePage, USUAL_SIZE } from './page.ts'
import { cpuSeconds } from './processes.ts'
import { inFolder, type Program, startProgram } from './program.ts'
import type { ScenarioSize } from './scenario.ts'

const BUDGET_MS = 1_000
const AT_ONCE = 10
/** So long the program is watched after an update. */
const WATCHED_MS = 10_000

const SIZES: { kind: string; size: ScenarioSize }[] = [
  { kind: '20 components, 90 days', size: USUAL_SIZE },
  { kind: '200 components, two years', size: { components: 200, days: 730, incidents: 240 } },
]

export const publishedCopy: Bench = {
  name: 'published-copy',
  description:
    'How long it takes until the published copy says what was posted, on the home page, the page of the incident, the ' +
    'feed of updates and the JSON of open incidents: one update, another one while the copy is looked through because ' +
    `of it, and ${AT_ONCE} at once; and the processor time of the ${WATCHED_MS / 1_000} s after the first.`,
  measure: (runs) => inFolder((folder) => measureSizes(folder, runs)),
}

async function measureSizes(folder: string, runs: number): Promise<Report> {
  const rows: string[][] = []
  let isWithinBudget = true
  for (const [index, { kind, size }] of SIZES.entries()) {
    const page = await makePage(`file:${path.join(folder, `${index}.db`)}`, size)
    const copy = path.join(folder, `copy-${index}`)
    const program = await startProgram(page, { publishFolder: copy })
    try {
      await program.calmDown()
      const kept = await keptCopy(program, copy)
      const measured: Awaited<ReturnType<typeof measureOnce>>[] = []
      for (let run = 0; run < runs; run += 1) measured.push(await measureOnce(program, kept, run))
      const medianOf = (figure: keyof (typeof measured)[number]) => median(measured.map((it) => it[figure]))
      const longest = Math.max(...measured.flatMap((it) => [it.oneMs, it.nextMs, it.atOnceMs]))
      if (longest >= BUDGET_MS) isWithinBudget = false
      rows.push([
        kind,
        String(await kept.files()),
        ...(['oneMs', 'nextMs', 'atOnceMs'] as const).map((figure) => medianOf(figure).toFixed(0)),
        longest.toFixed(0),
        medianOf('cpuSeconds').toFixed(2),
        `${longest < BUDGET_MS ? 'within' : 'OVER'} each < ${BUDGET_MS} ms`,
      ])
    } finally {
      await program.stop()
    }
  }
  const head = [
    ...['page', 'files', 'one ms', 'the next ms', `${AT_ONCE} at once ms`, 'longest'],
    ...[`CPU s of ${WATCHED_MS / 1_000}`, 'budget'],
  ]
  return { table: tableOf(head, rows), isWithinBudget }
}

async function measureOnce(program: Program, copy: KeptCopy, run: number) {
  const words = (what: string) => `Update ${run}, ${what}: it is known what is wrong, and it is being mended.`
  const before = await cpuSeconds([program.pid])
  const startedAt = performance.now()
  const oneMs = await copy.untilSaid(words('one'))
  await delay(WATCHED_MS - (performance.now() - startedAt))
  const after = await cpuSeconds([program.pid])
  // What follows from the one before is still looked for, unless the page is small.
  const nextMs = await copy.untilSaid(words('the next one'))
  const atOnceMs = await copy.untilSaid(
    ...Array.from({ length: AT_ONCE }, (_, index) => words(`no ${index}`)),
  )
  return { oneMs, nextMs, atOnceMs, cpuSeconds: (after ?? Number.NaN) - (before ?? 0) }
}

/** The folder that the program keeps, as somebody sees it who looks into it. */
interface KeptCopy {
  /** Posts updates to the open incident, all at once; how long it takes from there until the copy says each of them. */
  untilSaid(...bodies: string[]): Promise<number>
  files(): Promise<number>
}

async function keptCopy(program: Program, folder: string): Promise<KeptCopy> {
  const [incident = ''] = await program.openIncidents()
  const manifest = path.join(folder, 'manifest.json')
  const names = [
    ...['index.html', path.join('incidents', incident, 'index.html')],
    ...['updates.rss', path.join('api', 'v2', 'incidents', 'unresolved.json')],
  ]
  const says = async (name: string, bodies: string[]) => {
    const text = await readFile(path.join(folder, name), 'utf8').catch(() => '')
    // The home page has the newest of them alone.
    return name === 'index.html'
      ? bodies.some((body) => text.includes(body))
      : bodies.every((body) => text.includes(body))
  }
  // A manifest comes with the whole copy.
  while (!existsSync(manifest)) await delay(100)
  return {
    untilSaid: async (...bodies) => {
      const startedAt = performance.now()
      await Promise.all(bodies.map((body) => program.post(incident, { status: 'identified', body })))
      for (const name of names) while (!(await says(name, bodies))) await delay(5)
      return performance.now() - startedAt
    },
    files: async () => Object.keys(JSON.parse(await readFile(manifest, 'utf8')).files).length,
  }
}
