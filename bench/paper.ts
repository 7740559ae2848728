import { cpus, release, totalmem, type } from 'node:os'
import type { Report } from './bench.ts'
import { canPin } from './processes.ts'

/** A bench that was measured, as it stands in the paper. */
export interface Section {
  name: string
  description: string
  runs: number
  /** What else was said on the command line. */
  how: string[]
  report: Report
}

/**
 * `docs/performance.md`: what was measured, when, on what, and how anybody measures it again. Benches that were not
 * measured keep what the former paper says of them, in the order of all names.
 */
export function paperOf(
  sections: Section[],
  { names, former, at, machine }: { names: string[]; former: string; at: Date; machine: string },
): string {
  const texts = new Map(sectionsOf(former))
  for (const { name, description, runs, how, report } of sections) {
    const command = ['npm run -s bench --', name, '--runs', runs, ...how].join(' ')
    const parts = [
      `## ${name}`,
      `${description} \`${command}\``,
      `${at.toISOString().slice(0, 10)} · ${machine}`,
      ['```', ...report.table, '```'].join('\n'),
    ]
    texts.set(name, parts.join('\n\n'))
  }
  return `${[HEAD, ...names.flatMap((name) => texts.get(name) ?? [])].join('\n\n')}\n`
}

const HEAD = [
  '# How fast Avow is',
  '',
  '`npm run -s bench -- --write` has written this page; no figure in it is written by hand. It starts what it needs,',
  'measures it from outside, and holds it against budgets. Figures are medians of the runs; ratios are of servers that',
  'were measured one after the other in each run. With names, it writes what it has measured of these anew.',
].join('\n')

function sectionsOf(paper: string): [name: string, text: string][] {
  const texts = paper.split(/^(?=## )/m).slice(1)
  return texts.map((text) => [/^## (.+)$/m.exec(text)?.[1] ?? '', text.trimEnd()])
}

/** This machine in one line. */
export function machineWords(): string {
  const [first] = cpus()
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  const cores = `${cpus().length} cores (${first?.model.trim() ?? 'unknown'})`
  const pinned = canPin
    ? 'servers on the first, whoever asks them on the second'
    : 'not divided among servers and askers'
  return `${cores}, ${pinned} · ${gigabytes} GB · ${type()} ${release()} · Node ${process.version}`
}
