import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { type Bench, BenchFailure, type BenchOptions } from './bench.ts'
import { firstView } from './first-view.ts'
import { pageCache } from './page-cache.ts'
import { machineWords, paperOf, type Section } from './paper.ts'
import { posting } from './posting.ts'
import { leaveServersCore, PROJECT } from './processes.ts'
import { publishedCopy } from './published-copy.ts'
import { rendering } from './rendering.ts'
import { severalProcesses } from './several-processes.ts'
import { slaDeadlines } from './sla-deadlines.ts'
import { start } from './start.ts'

/** Every bench there is, in the order in which they run. */
const BENCHES: Bench[] = [
  start,
  firstView,
  pageCache,
  rendering,
  posting,
  publishedCopy,
  severalProcesses,
  slaDeadlines,
]
const NAMES = BENCHES.map(({ name }) => name).join(', ')
const PAPER = 'docs/performance.md'

/** `npm run bench`: measures the real commands and fails when one is over its budget. */
const command = new Command('npm run -s bench --')
  .description('Measures how fast Avow works, and fails when something is over its budget.')
  .argument('[names...]', 'which benches to run; all of them, when left out')
  .option('--runs <count>', 'how often each kind of work is done', runs, 3)
  .option('--beside <folder>', 'a static site that first-view looks at beside ours')
  .option('--write', `write the tables to ${PAPER}, with the date and the machine`)
  .addHelpText('after', () => {
    const lines = BENCHES.map(({ name, description }) => `  ${name}  ${description}`)
    const rule = 'The median of the runs is held against the budget. Exit code 1 when it is over.'
    return `\nBenches:\n${lines.join('\n')}\n\n${rule}`
  })
  .action(runBenches)

interface Options extends BenchOptions {
  runs: number
  write?: true
}

await command.parseAsync()

async function runBenches(names: string[], options: Options): Promise<void> {
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name))
  if (unknown.length > 0) return fail(`There is no bench “${unknown.join('”, “')}”. There is: ${NAMES}.`)
  const chosen = BENCHES.filter(({ name }) => names.length === 0 || names.includes(name))
  leaveServersCore()
  const sections: Section[] = []
  for (const bench of chosen) {
    const section = await runBench(bench, options)
    if (section !== undefined) sections.push(section)
  }
  if (!options.write) return
  if (sections.length < chosen.length) return fail(`${PAPER} is left as it is.`)
  const paper = path.join(PROJECT, PAPER)
  const about = { names: BENCHES.map(({ name }) => name), at: new Date(), machine: machineWords() }
  await writeFile(paper, paperOf(sections, { ...about, former: await readFile(paper, 'utf8') }))
}

/** Undefined when it could not be measured. */
async function runBench(bench: Bench, { runs, ...options }: Options): Promise<Section | undefined> {
  const { name, description } = bench
  write(`${name}: ${description} Runs: ${runs}.`)
  try {
    const report = await bench.measure(runs, options)
    report.table.forEach(write)
    if (!report.isWithinBudget) fail(`${name} is over its budget.`)
    // A page that stands beside ours is somebody’s own, wherever it is.
    const how = options.beside !== undefined && name === 'first-view' ? ['--beside FOLDER'] : []
    return { name, description, runs, how, report }
  } catch (error) {
    if (!(error instanceof BenchFailure)) throw error
    fail(`${name} could not be measured: ${error.message}`)
    return undefined
  }
}

function write(line: string): void {
  process.stdout.write(`${line}\n`)
}

function fail(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 1
}

function runs(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 1_000) {
    throw new InvalidArgumentError('It must be a whole number from 1 to 1000.')
  }
  return count
}
