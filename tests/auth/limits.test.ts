import { expect, test } from 'vitest'
import { Limits, TRIES_PER_ACCOUNT, TRIES_PER_ADDRESS } from '../../src/auth/limits.ts'

test('an address has its own share of wrong tries, whichever accounts it tries', async () => {
  const limits = new Limits()
  const begin = (account: number, address: string | null = '203.0.113.9') =>
    limits.begin({ account: `account ${account}`, address })
  for (let round = 0; round < TRIES_PER_ADDRESS - 1; round += 1) expect(await begin(round)).toBeUndefined()
  // What turns out right is none of them.
  expect(await begin(-1)).toBeUndefined()
  await limits.succeed({ account: 'account -1', address: '203.0.113.9' })
  expect(await begin(-2)).toBeUndefined()
  expect(await begin(-3)).toBeGreaterThan(0)
  expect(await begin(-3, '203.0.113.10')).toBeUndefined()
  for (let round = 1; round < TRIES_PER_ACCOUNT; round += 1) expect(await begin(-3, null)).toBeUndefined()
  expect(await begin(-3, null)).toBeGreaterThan(0)
})
