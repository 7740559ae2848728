import path from 'node:path'
import { type Bench, median, type Report, tableOf } from './bench.ts'
import { loaded } from './loading.ts'
import { makePage, USUAL_SIZE } from './page.ts'
import { startChild } from './processes.ts'
import { inFolder, type Program, startProgram } from './program.ts'
import { rawAnswer } from './raw-answer.ts'

const SECONDS = 3
const ROUNDS = 30

export const severalProcesses: Bench = {
  name: 'processes',
  description:
    'The home page from one process on a core of its own, and from two that share all cores with whoever asks them, ' +
    `on SQLite and PostgreSQL, beside one bare node:http server on a core of its own that sends the same bytes; and how ` +
    `many of ${ROUNDS} updates the next reader, on a new connection, did not see.`,
  measure: (runs) => inFolder((folder) => measureAll(folder, runs)),
}

async function measureAll(folder: string, runs: number): Promise<Report> {
  const postgres = startChild(['bench/postgres-server.ts', path.join(folder, 'postgres')], {
    onAnyCore: true,
  })
  try {
    const rows: string[][] = []
    let isWithinBudget = true
    for (const [engine, database] of [
      ['SQLite', `file:${path.join(folder, 'page.db')}`],
      ['PostgreSQL', await postgres.says(/^(postgres:.+)$/m)],
    ] as const) {
      const page = await makePage(database, USUAL_SIZE)
      for (const processes of [1, 2]) {
        const program = await startProgram(page, { processes })
        try {
          const { figures, unseen } = await measure(program, runs)
          if (unseen > 0) isWithinBudget = false
          rows.push([
            `${engine}, ${processes}`,
            ...figures,
            String(unseen),
            `${unseen === 0 ? 'within' : 'OVER'} none`,
          ])
        } finally {
          await program.stop()
        }
      }
    }
    const figures = ['requests/s', 'of bare', 'p50 ms', 'p99 ms', 'of bare', 'CPU µs', 'of bare']
    const head = ['database, processes', ...figures, 'unseen updates', 'budget']
    return { table: tableOf(head, rows), isWithinBudget }
  } finally {
    await postgres.stop()
  }
}

type Loaded = Awaited<ReturnType<typeof loaded>>

/** The servers in turn, so that a busy moment of the machine is everybody's. */
async function measure(program: Program, runs: number): Promise<{ figures: string[]; unseen: number }> {
  const asking = { 'accept-encoding': 'br' }
  const pids = await program.serving()
  const home = await rawAnswer(program.origin, asking)
  const bare = startChild(['bench/bare-server.ts'], { input: JSON.stringify(home) })
  try {
    const bareOrigin = `http://127.0.0.1:${await bare.says(/^(\d+)$/m)}`
    const measured: { ours: Loaded; bare: Loaded }[] = []
    for (let run = 0; run < runs; run++)
      measured.push({
        bare: await loaded([bare.pid], bareOrigin, asking, SECONDS),
        ours: await loaded(pids, program.origin, asking, SECONDS),
      })
    const told = (of: (one: Loaded) => number, digits: number) =>
      median(measured.map(({ ours }) => of(ours))).toFixed(digits)
    const ofBare = (of: (one: Loaded) => number) =>
      median(measured.map(({ ours, bare }) => of(ours) / of(bare))).toFixed(2)
    const perSecond = ({ requests, seconds }: Loaded) => requests / seconds
    const p99 = ({ p99Ms }: Loaded) => p99Ms
    const cpu = ({ cpuMicros }: Loaded) => cpuMicros ?? Number.NaN
    return {
      figures: [
        ...[told(perSecond, 0), ofBare(perSecond)],
        ...[told(({ p50Ms }) => p50Ms, 2), told(p99, 2), ofBare(p99)],
        ...[told(cpu, 1), ofBare(cpu)],
      ],
      unseen: await unseenUpdates(program),
    }
  } finally {
    await bare.stop()
  }
}

/** Each reader has a connection of his own, so that either process may be asked. */
async function unseenUpdates(program: Program): Promise<number> {
  const [incident = ''] = await program.openIncidents()
  let unseen = 0
  for (let round = 0; round < ROUNDS; round += 1) {
    const body = `Update ${round}: it is known what is wrong, and it is being mended.`
    await program.post(incident, { status: 'identified', body })
    const answer = await fetch(program.origin, { headers: { Connection: 'close' } })
    if (!(await answer.text()).includes(body)) unseen += 1
  }
  return unseen
}
