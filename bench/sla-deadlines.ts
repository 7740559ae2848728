import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { SECOND_MS } from '../src/lib/instant.ts'
import { type Bench, BenchFailure, type Measurement, timesReport } from './bench.ts'
import { type DeadlineQuestion, deadlineQuestions, hundredHours, tenYears } from './deadline-questions.ts'

const LINES = 10_000
const BUDGET_SECONDS = 2
const PROJECT = path.resolve(import.meta.dirname, '..')

export const slaDeadlines: Bench = {
  name: 'sla-deadlines',
  description: `\`avow sla deadlines\` answers ${LINES} mixed lines, from the start of the process to the last answer.`,
  measure: async (runs) =>
    timesReport('lines', [
      await measureDeadlines('around 100 hours', deadlineQuestions(LINES, hundredHours), runs),
      await measureDeadlines('around ten years', deadlineQuestions(LINES, tenYears), runs),
    ]),
}

/**
 * Asks a fresh process of the real command these questions, so many times.
 * @throws BenchFailure if a question does not get its deadline
 */
export async function measureDeadlines(
  kind: string,
  questions: DeadlineQuestion[],
  runs: number,
): Promise<Measurement> {
  const input = questions.map((question) => `${JSON.stringify(question)}\n`).join('')
  const seconds: number[] = []
  for (let run = 0; run < runs; run++) {
    const answered = await askCommand(input)
    assertAnswers(questions, answered.output)
    seconds.push(answered.seconds)
  }
  return { kind, count: questions.length, seconds, budgetSeconds: BUDGET_SECONDS }
}

/** What the command answers, and the wall time until the last piece of it. */
async function askCommand(input: string): Promise<{ output: string; seconds: number }> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['src/cli.ts', 'sla', 'deadlines'], {
    cwd: PROJECT,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  // A command that ends before it has read everything is told of by its exit code.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const chunks: Buffer[] = []
  let lastAt = startedAt
  for await (const chunk of child.stdout) {
    chunks.push(chunk)
    lastAt = performance.now()
  }
  const [code] = await closed
  if (code !== 0) throw new BenchFailure(`The command ended with exit code ${code}.`)
  return { output: Buffer.concat(chunks).toString(), seconds: (lastAt - startedAt) / SECOND_MS }
}

function assertAnswers(questions: DeadlineQuestion[], output: string): void {
  const answers = output.trimEnd().split('\n')
  if (answers.length !== questions.length) {
    throw new BenchFailure(`Of ${questions.length} lines ${answers.length} were answered.`)
  }
  for (const [index, line] of answers.entries()) {
    const answer: { id?: unknown; deadline?: unknown } = JSON.parse(line)
    if (answer.id === questions[index]?.id && typeof answer.deadline === 'string') continue
    throw new BenchFailure(`Line ${index + 1} got no deadline: ${line}`)
  }
}
