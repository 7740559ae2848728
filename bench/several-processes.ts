import path from 'node:path'
import { type Bench, median, type Report, tableOf } from './bench.ts'
import { loaded } from './loading.ts'
import { makePage, USUAL_SIZE } from './page.ts'
import { startChild } from './processes.ts'
import { inFolder, type Program, startProgram } from './program.ts'

const SECONDS = 3
const ROUNDS = 30

export const severalProcesses: Bench = {
  name: 'processes',
  description:
    'The home page from one process on a core of its own, and from two that share all cores with whoever asks them, ' +
    `on SQLite and PostgreSQL; and how many of ${ROUNDS} updates the next reader, on a new connection, did not see.`,
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
    const head = [
      'database, processes',
      'requests/s',
      'p50 ms',
      'p99 ms',
      'CPU µs',
      'unseen updates',
      'budget',
    ]
    return { table: tableOf(head, rows), isWithinBudget }
  } finally {
    await postgres.stop()
  }
}

async function measure(program: Program, runs: number): Promise<{ figures: string[]; unseen: number }> {
  const measured: Awaited<ReturnType<typeof loaded>>[] = []
  const pids = await program.serving()
  for (let run = 0; run < runs; run++)
    measured.push(await loaded(pids, program.origin, { 'accept-encoding': 'br' }, SECONDS))
  const medianOf = (of: (one: (typeof measured)[number]) => number, digits: number) =>
    median(measured.map(of)).toFixed(digits)
  return {
    figures: [
      medianOf(({ requests, seconds }) => requests / seconds, 0),
      medianOf(({ p50Ms }) => p50Ms, 2),
      medianOf(({ p99Ms }) => p99Ms, 2),
      medianOf(({ cpuMicros }) => cpuMicros ?? Number.NaN, 1),
    ],
    unseen: await unseenUpdates(program),
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
