import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const BUILDING = Symbol.for('avow.tests.building')

/**
 * Builds the site as `npm start` needs it, once for all projects of one run: each project loads modules of its own, so
 * the build that is under way is kept where all of them see it.
 */
export default async function buildSite(): Promise<void> {
  const shared = globalThis as { [BUILDING]?: Promise<unknown> }
  // vitest says that this is a test, which Vite would take for development: with laxer headers.
  const env = { ...process.env, NODE_ENV: 'production' }
  shared[BUILDING] ??= promisify(execFile)(process.execPath, ['node_modules/.bin/astro', 'build'], { env })
  await shared[BUILDING]
}
