import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('the log tells what an error says, as JSON on standard error', async () => {
  const script = `import { openLog } from './src/context.ts'
    openLog({ logLevel: 'info' }).error({ job: 'settle', error: new RangeError('no such day') }, 'A job failed.')`
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
  ])
  expect(stdout).toBe('')
  expect(JSON.parse(stderr)).toMatchObject({
    job: 'settle',
    msg: 'A job failed.',
    error: { type: 'RangeError', message: 'no such day', stack: expect.stringContaining('RangeError') },
  })
})
