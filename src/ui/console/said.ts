/** What a page of the console says after a form has done something: the address names it, `?said=posted`. */
export function saidWords(code: string | null): string | undefined {
  return code !== null && Object.hasOwn(SAID, code) ? SAID[code as keyof typeof SAID] : undefined
}

const SAID = {
  posted: 'The update is on the page.',
  opened: 'The incident is on the page.',
  renamed: 'Your name is changed.',
  password: 'Your password is changed. Sessions in other browsers have ended.',
  'one-step': 'You sign in with your password alone.',
  'session-ended': 'The session has ended.',
  'token-revoked': 'The token is worth nothing any more.',
  'invitation-revoked': 'The invitation opens nothing any more.',
  'member-changed': 'The change counts from now on.',
  'shut-out': 'Every session and token has ended.',
  'let-in': 'They can sign in again.',
  'no-second-step': 'They sign in with their password alone until they set up an app again.',
} as const
