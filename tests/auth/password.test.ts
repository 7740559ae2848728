import { expect, test } from 'vitest'
import { hashPassword, isPassword, Password } from '../../src/auth/password.ts'

const CHEAP = { memoryKib: 8, passes: 1, lanes: 1 }

test('a password has 12 to 256 characters, and they may be of any kind', () => {
  for (const fit of [
    'twelve chars',
    'aaaaaaaaaaaa',
    'ЖЖЖЖЖЖЖЖЖЖЖЖ',
    '🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑',
    'x'.repeat(256),
  ])
    expect([fit, Password.safeParse(fit).success]).toEqual([fit, true])
  for (const unfit of ['', 'eleven char', 'x'.repeat(257)])
    expect([unfit, Password.safeParse(unfit).success]).toEqual([unfit, false])
})

test('a password counts to the letter: case, spaces around it and its very end', async () => {
  const password = ` ${'Long words in a row '.repeat(10)}! `
  const hash = await hashPassword(password, CHEAP)
  expect(await isPassword(password, hash)).toBe(true)
  for (const other of [password.trim(), password.toLowerCase(), password.slice(0, -1), password.slice(0, 72)])
    expect([other, await isPassword(other, hash)]).toEqual([other, false])
})
