import { cpus, release, totalmem, type } from 'node:os'
import type { Report } from './bench.ts'
import { canPin } from './processes.ts'

/** A bench that was measured, as it stands in the paper. */
export interface Section {
  name: string
  description: string
  runs: number
  report: Report
}

/** `docs/performance.md`: what was measured, when, on what, and how anybody measures it again. */
export function paperOf(sections: Section[], { at, machine }: { at: Date; machine: string }): string {
  const parts = sections.map(({ name, description, runs, report }) =>
    [
      `## ${name}`,
      `${description} \`npm run -s bench -- ${name} --runs ${runs}\``,
      ['```', ...report.table, '```'].join('\n'),
    ].join('\n\n'),
  )
  const head = [
    '# How fast Avow is',
    [
      '`npm run -s bench -- --write` has written this page; no figure in it is written by hand. It starts what it needs,',
      'measures it from outside, and holds it against budgets. Figures are medians of the runs; ratios are of servers that',
      'were measured one after the other in each run.',
    ].join('\n'),
    `${at.toISOString().slice(0, 10)} · ${machine}`,
  ]
  return `${[...head, ...parts].join('\n\n')}\n`
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
