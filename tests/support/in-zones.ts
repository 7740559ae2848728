import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** West and east of Greenwich, half an hour off, and beyond the date line; UTC is what servers usually have. */
const ZONES = ['America/New_York', 'Asia/Kolkata', 'Pacific/Apia', 'UTC']

// `npm run test:zones`: no answer may depend on the zone of the machine. Arguments are passed on, such as a folder.
const failed: string[] = []
for (const zone of ZONES) {
  process.stdout.write(`\nThe machine's time zone is ${zone}.\n`)
  if ((await runTests(zone)) !== 0) failed.push(zone)
}
if (failed.length > 0) {
  process.stderr.write(`Tests failed in ${failed.join(', ')}.\n`)
  process.exitCode = 1
}

/** The exit code of one run of everything that needs no server; null if a signal ended it. */
async function runTests(zone: string): Promise<number | null> {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--project', 'pure', '--project', 'sqlite']
  const child = spawn(process.execPath, [...vitest, ...process.argv.slice(2)], {
    env: { ...process.env, TZ: zone },
    stdio: 'inherit',
  })
  const [code] = await once(child, 'close')
  return code
}
