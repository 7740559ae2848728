import { expect, test } from 'vitest'
import { machineWords, paperOf } from '../../bench/paper.ts'

const sectionOf = (name: string, ms: number) => ({
  name,
  description: 'Until the first page.',
  runs: 3,
  how: name === 'start' ? [] : ['--beside FOLDER'],
  report: { table: ['what        ms', `first page  ${ms}`], isWithinBudget: true },
})

test('the paper has every table with what it shows, how it is measured, when and on what', () => {
  const about = { names: ['start', 'first-view', 'posting'], machine: 'two cores' }
  const both = [sectionOf('first-view', 90), sectionOf('start', 700)]
  const former = paperOf(both, { ...about, former: '', at: new Date('2026-11-24T12:00:00Z') })
  const paper = paperOf([sectionOf('first-view', 80)], {
    ...about,
    former,
    at: new Date('2026-11-25T23:59:00Z'),
  })
  const textOf = (name: string, how: string, date: string, ms: number) =>
    `## ${name}\n\nUntil the first page. \`npm run -s bench -- ${name} --runs 3${how}\`\n\n${date} · two cores\n\n` +
    `\`\`\`\nwhat        ms\nfirst page  ${ms}\n\`\`\``
  expect(paper.slice(paper.indexOf('\n## ') + 1)).toBe(
    `${textOf('start', '', '2026-11-24', 700)}\n\n${textOf('first-view', ' --beside FOLDER', '2026-11-25', 80)}\n`,
  )
})

test('the machine is told with its cores, memory, system and Node', () => {
  expect(machineWords()).toMatch(/^\d+ cores? .+ · \d+ GB · .+ · Node v26\./)
})
