import { bareMs, plainAnswer } from './bare-time.ts'
import { type Bench, median, type Report, tableOf } from './bench.ts'
import { NODE_OPTIONS, output } from './processes.ts'
import { inFolder } from './program.ts'
import type { Renderings } from './render-page.ts'
import { pagesOfEachSize } from './sizes.ts'

/** In each run. */
const TIMES = 5
/** What a reader who comes after an update waits, on the largest page. */
const BUDGET_MS = 500

const DOCUMENTS = ['/', '/history.rss']

export const rendering: Bench = {
  name: 'rendering',
  description:
    'How long it takes to make a document on pages of each size: the first one of a process (cold), and one of those ' +
    'that follow (warm); beside what a bare node:http server takes to answer with those bytes.',
  measure: (runs) => inFolder((folder) => measureSizes(folder, runs)),
}

async function measureSizes(folder: string, runs: number): Promise<Report> {
  const rows: string[][] = []
  let isWithinBudget = true
  for await (const { kind, page } of pagesOfEachSize(folder)) {
    for (const address of DOCUMENTS) {
      const measured = await renderings(page.database, address, runs)
      const warmMs = median(measured.flatMap((one) => one.warmMs))
      if (warmMs >= BUDGET_MS) isWithinBudget = false
      const body = Buffer.from(measured[0]?.body ?? '', 'base64')
      const ofBare = warmMs / (await bareMs(plainAnswer('text/html; charset=utf-8', body)))
      rows.push([
        `${address}, ${kind}`,
        String(body.length),
        String(measured[0]?.compressedBytes),
        median(measured.map(({ coldMs }) => coldMs)).toFixed(0),
        warmMs.toFixed(1),
        ofBare.toFixed(0),
        `${warmMs < BUDGET_MS ? 'within' : 'OVER'} warm < ${BUDGET_MS} ms`,
      ])
    }
  }
  return {
    table: tableOf(['document', 'bytes', 'brotli', 'cold ms', 'warm ms', 'of bare', 'budget'], rows),
    isWithinBudget,
  }
}

async function renderings(database: string, address: string, runs: number): Promise<Renderings[]> {
  const env = { AVOW_DATABASE: database, AVOW_LOG_LEVEL: 'warn' }
  const args = [...NODE_OPTIONS, 'bench/render-page.ts', address, String(TIMES)]
  const measured: Renderings[] = []
  for (let run = 0; run < runs; run++)
    measured.push(
      JSON.parse((await output(args, { env, onServersCore: true })).trim().split('\n').at(-1) ?? ''),
    )
  return measured
}
