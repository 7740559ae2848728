import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Bench, median, type Report, tableOf } from './bench.ts'
import { loaded } from './loading.ts'
import { makePage, type Page, USUAL_SIZE } from './page.ts'
import { cpuSeconds, residentMegabytes } from './processes.ts'
import { inFolder, startProgram } from './program.ts'

const BUDGET_MS = 1_000
const BUDGET_MB = 160
const LOAD_SECONDS = 8

export const start: Bench = {
  name: 'start',
  description:
    'From the start of the process until its first page (a built site, 20 components), and the memory that is ' +
    `resident then and after ${LOAD_SECONDS} seconds of 64 connections that read the home page.`,
  measure: (runs) =>
    inFolder(async (folder) =>
      measureStarts(await makePage(`file:${path.join(folder, 'page.db')}`, USUAL_SIZE), runs),
    ),
}

interface Start {
  firstPageMs: number
  cpuMs: number
  megabytes: number
  loadedMegabytes: number
}

async function measureStarts(page: Page, runs: number): Promise<Report> {
  const starts: Start[] = []
  for (let run = 0; run < runs; run++) starts.push(await measureStart(page))
  const medianOf = (figure: keyof Start) => median(starts.map((one) => one[figure]))
  const rows: [kind: string, figure: keyof Start, unit: string, budget: number | null][] = [
    ['first page', 'firstPageMs', 'ms', BUDGET_MS],
    ['processor time until then', 'cpuMs', 'ms', null],
    ['resident memory then', 'megabytes', 'MB', null],
    ['resident memory after the load', 'loadedMegabytes', 'MB', BUDGET_MB],
  ]
  const isWithin = (figure: keyof Start, budget: number | null) =>
    budget === null || !(medianOf(figure) >= budget)
  return {
    table: tableOf(
      ['what', 'best', 'median', 'unit', 'budget'],
      rows.map(([kind, figure, unit, budget]) => [
        kind,
        Math.min(...starts.map((one) => one[figure])).toFixed(0),
        medianOf(figure).toFixed(0),
        unit,
        budget === null ? '' : `${isWithin(figure, budget) ? 'under' : 'OVER'} ${budget} ${unit}`,
      ]),
    ),
    isWithinBudget: rows.every(([, figure, , budget]) => isWithin(figure, budget)),
  }
}

async function measureStart(page: Page): Promise<Start> {
  const startedAt = performance.now()
  const program = await startProgram(page)
  try {
    await (await fetch(program.origin)).text()
    const firstPageMs = performance.now() - startedAt
    const cpuMs = ((await cpuSeconds([program.pid])) ?? Number.NaN) * 1_000
    const megabytes = (await residentMegabytes(program.pid)) ?? Number.NaN
    await loaded([program.pid], program.origin, { 'accept-encoding': 'br' }, LOAD_SECONDS)
    // What is said to be resident after a load is what stays.
    await delay(500)
    const loadedMegabytes = (await residentMegabytes(program.pid)) ?? Number.NaN
    return { firstPageMs, cpuMs, megabytes, loadedMegabytes }
  } finally {
    await program.stop()
  }
}
