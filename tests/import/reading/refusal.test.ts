import { describe, expect, test } from 'vitest'
import { DomainError, type ErrorCode } from '../../../src/errors.ts'
import { refusalOf } from '../../../src/import/report.ts'

describe('what keeps a record from being stored', () => {
  test.for<ErrorCode>(['conflict', 'invalid', 'not-found'])('is about the record when it is %s', (code) => {
    expect(refusalOf(new DomainError(code, 'It is so.'))).toBe('It is so.')
  })

  test.for<ErrorCode>(['busy', 'outcome-unknown', 'no-space', 'unavailable'])(
    'ends the import when the database is %s',
    (code) => {
      const failure = new DomainError(code, 'It is so.')
      expect(() => refusalOf(failure)).toThrow(failure)
    },
  )
})
