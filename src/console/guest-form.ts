import { PROBLEMS } from '../api/problem.ts'
import { DomainError } from '../errors.ts'
import type { Problem } from './admin-client.ts'
import { Fields } from './fields.ts'
import type { Form } from './form.ts'

/**
 * A form of somebody who has not signed in yet, as it stands. It has no token of a session: that it comes from a page of
 * ours, the gate has seen.
 */
export function guestFields(name: string, form: Form | undefined, problem?: Problem): Fields {
  return new Fields({ name, form, csrfToken: '', onceKey: '', problem })
}

/** What was wrong, in the words that are shown above the form. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof DomainError)) throw error
  const { message: detail, fields, current } = error
  const title = error.code === 'invalid' ? 'Something is missing' : 'This did not work'
  return { status: PROBLEMS[error.code].status, title, detail, fields, current }
}
