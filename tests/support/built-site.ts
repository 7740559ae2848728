import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { buildDemo } from '../../src/demo/build-demo.ts'
import { unpackBrowser } from './browser.ts'
import buildSite from './build-site.ts'
import { startProgram } from './running-program.ts'
import { testConfig } from './test-config.ts'

declare module 'vitest' {
  interface ProvidedContext {
    builtSite: { origin: string; emptyOrigin: string }
  }
}

/**
 * Builds the site as `npm start` needs it and runs the real program twice: on the demo's database, and on an empty
 * one.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'avow-site-'))
  const database = `file:${path.join(folder, 'demo.db')}`
  // Of several workers that unpack the browser at once, one would start what another has not written to its end.
  await Promise.all([unpackBrowser(), buildSite(), buildDemo(testConfig(database), { now: Date.now() })])
  const [demo, empty] = await Promise.all([
    startProgram(database, { AVOW_EMBED_ORIGINS: 'https://app.example.com' }),
    startProgram(`file:${path.join(folder, 'empty.db')}`),
  ])
  project.provide('builtSite', { origin: demo.origin, emptyOrigin: empty.origin })
  return async () => {
    await demo.stop()
    await empty.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
