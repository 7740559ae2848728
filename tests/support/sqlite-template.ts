import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { prepareContext } from '../../src/context.ts'
import { TEST_PAGE, testConfig } from './test-config.ts'

/** Makes one prepared database file; every test works on a copy of it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-sqlite-'))
  const file = path.join(folder, 'template.db')
  const context = await prepareContext(testConfig(`file:${file}`), { now: () => TEST_PAGE.madeAt })
  await context.close()
  project.provide('template', file)
  return () => rm(folder, { recursive: true, force: true })
}
