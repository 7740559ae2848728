import { loadBundle } from './bundle.ts'

// Production entry. All else comes out of the build, in a few large files: to read the same from the thousand files
// that it is written in, ours and those of packages, takes a start twice as long.
const stopping = new AbortController()
// Ctrl+C may come twice, from the terminal and from npm; the second one must not cut the clean end short.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stopping.abort())

try {
  const { run } = await loadBundle().catch(sayHowToStart)
  await run(stopping.signal)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

/** Without a build, `--help` and a wrong option are answered all the same; everything else needs it. */
async function sayHowToStart(failure: unknown): Promise<never> {
  const { readStartOptions } = await import('./start-options.ts')
  readStartOptions()
  throw failure
}
