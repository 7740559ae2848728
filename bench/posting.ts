import { bareMs, plainAnswer } from './bare-time.ts'
import { type Bench, BenchFailure, percentile, type Report, tableOf } from './bench.ts'
import { inFolder, type Program, startProgram } from './program.ts'
import { type RawAnswer, rawAnswer } from './raw-answer.ts'
import { pagesOfEachSize } from './sizes.ts'

/** In each run. */
const UPDATES = 15
const BUDGET_MS = 500

export const posting: Bench = {
  name: 'posting',
  description:
    'An update is posted to an incident (POST, until it is answered); then the home page is read, which has to say ' +
    'it: from the same process (read), and from another one on the same file (elsewhere). Each makes the page anew. ' +
    'Medians stand beside what a bare node:http server takes to answer with the same bytes.',
  measure: (runs) => inFolder((folder) => measureSizes(folder, runs)),
}

async function measureSizes(folder: string, runs: number): Promise<Report> {
  const rows: string[][] = []
  let isWithinBudget = true
  for await (const { kind, page } of pagesOfEachSize(folder)) {
    const program = await startProgram(page)
    const other = await startProgram(page)
    try {
      const { took, answers } = await postAndRead(program, other, UPDATES * runs)
      const bare = { post: await bareMs(answers.post, 'POST'), read: await bareMs(answers.read) }
      const worst = Math.max(...Object.values(took).map((each) => percentile(each, 0.99)))
      if (worst >= BUDGET_MS) isWithinBudget = false
      rows.push([
        kind,
        String(took.post.length),
        ...[
          { each: took.post, bare: bare.post },
          { each: took.read, bare: bare.read },
          { each: took.elsewhere, bare: bare.read },
        ].flatMap(({ each, bare }) => [
          percentile(each, 0.5).toFixed(1),
          (percentile(each, 0.5) / bare).toFixed(0),
          percentile(each, 0.99).toFixed(1),
        ]),
        `${worst < BUDGET_MS ? 'within' : 'OVER'} each p99 < ${BUDGET_MS} ms`,
      ])
    } finally {
      await other.stop()
      await program.stop()
    }
  }
  const columns = ['post', 'read', 'elsewhere'].flatMap((what) => [`${what} p50 ms`, 'of bare', 'p99'])
  const head = ['page', 'updates', ...columns, 'budget']
  return { table: tableOf(head, rows), isWithinBudget }
}

/**
 * What each step took, in milliseconds, and what was answered.
 * @throws BenchFailure when a page that is asked for after the answer does not say what was posted
 */
async function postAndRead(program: Program, other: Program, updates: number) {
  const took = { post: [] as number[], read: [] as number[], elsewhere: [] as number[] }
  const [incident = ''] = await program.openIncidents()
  let posted = ''
  for (let update = -WARM_UP; update < updates; update += 1) {
    const body = `Update ${update}: it is known what is wrong, and it is being mended.`
    const post = await timed(async () => {
      posted = await program.post(incident, { status: 'identified', body })
    })
    const read = await timed(() => assertSays(program, body))
    const elsewhere = await timed(() => assertSays(other, body))
    if (update < 0) continue
    took.post.push(post)
    took.read.push(read)
    took.elsewhere.push(elsewhere)
  }
  const answers: Record<'post' | 'read', RawAnswer> = {
    post: plainAnswer('application/json', posted, 201),
    read: await rawAnswer(program.origin, AS_BROWSERS_ASK),
  }
  return { took, answers }
}

const AS_BROWSERS_ASK = { 'accept-encoding': 'br' }

/** The compiler has to see it a few times. */
const WARM_UP = 4

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

async function assertSays({ origin }: Program, words: string): Promise<void> {
  const answer = await fetch(origin, { headers: AS_BROWSERS_ASK })
  if (!(await answer.text()).includes(words)) throw new BenchFailure(`The home page does not say “${words}”.`)
}
