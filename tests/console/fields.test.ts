import { expect, test } from 'vitest'
import { Fields } from '../../src/console/fields.ts'

test('what is wrong with a part of a field is wrong with the field, and with no other', () => {
  const problem = {
    status: 422,
    title: 'A field is not valid',
    detail: 'This is too large.',
    fields: [{ pointer: '/goals/critical/fix/hours', message: 'This is too large.' }],
    current: undefined,
  }
  const fields = new Fields({ name: 'policy', form: undefined, csrfToken: '', onceKey: '', problem })
  const at = (pointer: string) => fields.errorAt(pointer)
  expect(at('/goals/critical/fix')).toBe('This is too large.')
  expect([at('/goals/critical/response'), at('/goals/critical/fi')]).toEqual([undefined, undefined])
})
