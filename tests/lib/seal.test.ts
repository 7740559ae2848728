import { expect, test } from 'vitest'
import { blindName } from '../../src/lib/seal.ts'

test('a blind name is the same each time, and another one for another text, secret or purpose', () => {
  const name = blindName('ada', 'secret', 'wrong tries')
  expect(name).toMatch(/^[\w-]{43}$/)
  expect(blindName('ada', 'secret', 'wrong tries')).toBe(name)
  const others = [
    blindName('ron', 'secret', 'wrong tries'),
    blindName('ada', 'another', 'wrong tries'),
    blindName('ada', 'secret', 'something else'),
  ]
  expect(new Set([name, ...others]).size).toBe(4)
})
