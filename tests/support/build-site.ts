import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const BUILDING = Symbol.for('avow.tests.building')

/**
 * Builds the site as `npm start` needs it, once for all projects of one run: each project loads modules of its own, so
 * the build that is under way is kept where all of them see it.
 */
export default async function buildSite(): Promise<void> {
  const shared = globalThis as { [BUILDING]?: Promise<unknown> }
  shared[BUILDING] ??= build()
  await shared[BUILDING]
}

/** What `npm run build` does. */
async function build(): Promise<void> {
  // vitest says that this is a test, which Vite would take for development: with laxer headers.
  const env = { ...process.env, NODE_ENV: 'production' }
  const run = (...args: string[]) => promisify(execFile)(process.execPath, args, { env })
  await run('node_modules/.bin/astro', 'build')
  await run('--import', './src/compiled.js', 'src/first-start.ts')
}
