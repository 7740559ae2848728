import path from 'node:path'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../tests/support/browser.ts'
import { type Bench, median, type Report, tableOf } from './bench.ts'
import { makePage, USUAL_SIZE } from './page.ts'
import { startChild } from './processes.ts'
import { inFolder, startProgram } from './program.ts'
import { DESK, type Device, PHONE, type Visit, visit } from './visit.ts'

const MOST_REQUESTS = 3
const MOST_BYTES = 20_000
/** Runs take a second each, and a paint is one frame of many things that happen to the machine. */
const VISITS_A_RUN = 5

export const firstView: Bench = {
  name: 'first-view',
  description:
    'The home page of 20 components, 90 days and 30 incidents in a real browser that has nothing of it yet; with ' +
    '`--beside FOLDER` also a static site, which may paint no sooner: out of the same server, visited in turn.',
  measure: (runs, { beside }) => inFolder((folder) => measurePages(folder, runs, beside)),
}

async function measurePages(folder: string, runs: number, beside: string | undefined): Promise<Report> {
  const program = await startProgram(await makePage(`file:${path.join(folder, 'page.db')}`, USUAL_SIZE))
  const other =
    beside === undefined ? undefined : startChild(['bench/folder-server.ts', path.resolve(beside)])
  const browser = await launchBrowser()
  try {
    const pages = [{ name: 'ours', url: `${program.origin}/` }]
    if (other !== undefined)
      pages.push({ name: 'beside', url: `http://127.0.0.1:${await other.says(/^(\d+)$/m)}/` })
    const compared: Compared[] = []
    for (const device of [DESK, PHONE])
      compared.push(...(await compare(browser, pages, device, runs * VISITS_A_RUN)))
    return firstViewReport(compared)
  } finally {
    await browser.close()
    await other?.stop()
    await program.stop()
  }
}

/** One page on one device. */
export interface Compared {
  device: string
  page: string
  visits: Visit[]
}

/** Each page in turn, so that a busy moment of the machine is everybody's. */
async function compare(
  browser: Browser,
  pages: { name: string; url: string }[],
  device: Device,
  visits: number,
): Promise<Compared[]> {
  const compared = pages.map(({ name }): Compared => ({ device: device.name, page: name, visits: [] }))
  for (let round = -1; round < visits; round += 1) {
    for (const [index, { url }] of pages.entries()) {
      const seen = await visit(browser, url, device)
      // The first one has to wait for everything that is made once.
      if (round >= 0) compared[index]?.visits.push(seen)
    }
  }
  return compared
}

/** Ours is held against what a first view may cost and, where there is one, against the page beside it. */
export function firstViewReport(compared: Compared[]): Report {
  const judged = compared.map((one) => {
    const beside = compared.find(({ device, page }) => device === one.device && page !== one.page)
    const of = (figure: keyof Visit, { visits }: Compared = one) => median(visits.map((seen) => seen[figure]))
    const limits = [
      `${MOST_REQUESTS} requests`,
      `${MOST_BYTES / 1_000} kB`,
      'no shift',
      ...(beside ? ['painted no later'] : []),
    ]
    const isWithin =
      of('requests') <= MOST_REQUESTS &&
      of('bytes') <= MOST_BYTES &&
      of('shift') === 0 &&
      (beside === undefined || of('largestPaintMs') <= of('largestPaintMs', beside))
    return {
      isWithin: one.page !== 'ours' || isWithin,
      row: [
        `${one.page}, ${one.device}`,
        of('requests').toFixed(0),
        of('bytes').toFixed(0),
        of('firstPaintMs').toFixed(0),
        of('largestPaintMs').toFixed(0),
        Math.min(...one.visits.map(({ largestPaintMs }) => largestPaintMs)).toFixed(0),
        of('shift').toFixed(3),
        one.page === 'ours' ? `${isWithin ? 'within' : 'OVER'} ${limits.join(', ')}` : '',
      ],
    }
  })
  const head = ['page', 'requests', 'bytes', 'first paint ms', 'largest ms', 'best', 'shift', 'budget']
  return {
    table: tableOf(
      head,
      judged.map(({ row }) => row),
    ),
    isWithinBudget: judged.every(({ isWithin }) => isWithin),
  }
}
