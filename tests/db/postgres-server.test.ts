import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'

test('a run of tests that has started a PostgreSQL ends with the code that it has come to', async () => {
  const program = `await import('./tests/support/postgres-server.ts'); process.exitCode = 3`
  const run = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' })
  expect(await once(run, 'close')).toEqual([3, null])
})
