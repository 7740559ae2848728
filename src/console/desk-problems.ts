import type { Problem } from './admin-client.ts'

// What the desk says by itself; all else that is wrong with a form the admin API says.

/** Whether the key of a form has been used up by other fields than these. */
export function isSentBefore({ fields }: Problem): boolean {
  return fields.some(({ pointer }) => pointer === 'Idempotency-Key')
}

/** Somebody has gone back to a page whose form is sent already, and changed it. */
export const SENT_BEFORE: Problem = {
  status: 409,
  title: 'This form has been sent before',
  detail: 'What it said then is published. Look at it first; to send this as well, press the button again.',
  fields: [],
  current: undefined,
}

export const FROM_AN_EARLIER_SESSION: Problem = {
  status: 403,
  title: 'Nothing was sent yet',
  detail:
    'This page was opened before you signed in again. Your text is here: look it over and send it once more.',
  fields: [],
  current: undefined,
}
