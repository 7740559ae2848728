import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { type Bench, median, type Report, tableOf } from './bench.ts'
import { loaded } from './loading.ts'
import { makePage, type Page, USUAL_SIZE } from './page.ts'
import { cpuSeconds, residentMegabytes, startChild } from './processes.ts'
import { inFolder, startProgram } from './program.ts'
import { type RawAnswer, rawAnswer } from './raw-answer.ts'

const BUDGET_MS = 1_000
const BUDGET_MB = 160
const LOAD_SECONDS = 8

export const start: Bench = {
  name: 'start',
  description:
    'From the start of the process until its first page (a built site, 20 components), and the memory that is ' +
    `resident then and after ${LOAD_SECONDS} seconds of 64 connections that read the home page; beside a bare ` +
    'node:http server that has those bytes from the start.',
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
  const ofBare: Start[] = []
  for (let run = 0; run < runs; run++) {
    const { start, home } = await measureStart(page)
    const bare = await measureBareStart(home)
    starts.push(start)
    ofBare.push({
      firstPageMs: start.firstPageMs / bare.firstPageMs,
      cpuMs: start.cpuMs / bare.cpuMs,
      megabytes: start.megabytes / bare.megabytes,
      loadedMegabytes: start.loadedMegabytes / bare.loadedMegabytes,
    })
  }
  const medianOf = (figure: keyof Start, of = starts) => median(of.map((one) => one[figure]))
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
      ['what', 'best', 'median', 'unit', 'of bare', 'budget'],
      rows.map(([kind, figure, unit, budget]) => [
        kind,
        Math.min(...starts.map((one) => one[figure])).toFixed(0),
        medianOf(figure).toFixed(0),
        unit,
        medianOf(figure, ofBare).toFixed(2),
        budget === null ? '' : `${isWithin(figure, budget) ? 'under' : 'OVER'} ${budget} ${unit}`,
      ]),
    ),
    isWithinBudget: rows.every(([, figure, , budget]) => isWithin(figure, budget)),
  }
}

const AS_BROWSERS_ASK = { 'accept-encoding': 'br' }

/** The program's start, and what it answered. */
async function measureStart(page: Page): Promise<{ start: Start; home: RawAnswer }> {
  const startedAt = performance.now()
  const program = await startProgram(page)
  try {
    const start = await startOf(program.pid, program.origin, startedAt)
    return { start, home: await rawAnswer(program.origin, AS_BROWSERS_ASK) }
  } finally {
    await program.stop()
  }
}

async function measureBareStart(home: RawAnswer): Promise<Start> {
  const startedAt = performance.now()
  const bare = startChild(['bench/bare-server.ts'], { input: JSON.stringify(home) })
  try {
    return await startOf(bare.pid, `http://127.0.0.1:${await bare.says(/^(\d+)$/m)}`, startedAt)
  } finally {
    await bare.stop()
  }
}

async function startOf(pid: number, origin: string, startedAt: number): Promise<Start> {
  await (await fetch(origin)).text()
  const firstPageMs = performance.now() - startedAt
  const cpuMs = ((await cpuSeconds([pid])) ?? Number.NaN) * 1_000
  const megabytes = (await residentMegabytes(pid)) ?? Number.NaN
  await loaded([pid], origin, AS_BROWSERS_ASK, LOAD_SECONDS)
  // What is said to be resident after a load is what stays.
  await delay(500)
  const loadedMegabytes = (await residentMegabytes(pid)) ?? Number.NaN
  return { firstPageMs, cpuMs, megabytes, loadedMegabytes }
}
