import { expect, test } from 'vitest'
import { machineWords, paperOf } from '../../bench/paper.ts'

test('the paper has every table with what it shows, how it is measured, when and on what', () => {
  const section = {
    name: 'start',
    description: 'Until the first page.',
    runs: 3,
    report: { table: ['what        ms', 'first page  700'], isWithinBudget: true },
  }
  const paper = paperOf([section], { at: new Date('2026-11-25T23:59:00Z'), machine: 'two cores' })
  expect(paper).toContain('\n\n2026-11-25 · two cores\n\n')
  expect(
    paper.endsWith(
      '## start\n\nUntil the first page. `npm run -s bench -- start --runs 3`\n\n```\nwhat        ms\nfirst page  700\n```\n',
    ),
  ).toBe(true)
})

test('the machine is told with its cores, memory, system and Node', () => {
  expect(machineWords()).toMatch(/^\d+ cores? .+ · \d+ GB · .+ · Node v26\./)
})
