/** What a page of the console says after a form has done something: the address names it, `?said=posted`. */
export function saidWords(code: string | null): string | undefined {
  return code !== null && Object.hasOwn(SAID, code) ? SAID[code as keyof typeof SAID] : undefined
}

const SAID = {
  posted: 'The update is on the page.',
  opened: 'The incident is on the page.',
  resolved: 'The incident is resolved.',
  edited: 'The new text is on the page; the earlier one can be read there.',
  changed: 'The change is on the page.',
  linked: 'The defect is linked: updates from now on count as responses to it.',
  unlinked: 'The defect is no longer linked.',
  'postmortem-published': 'The postmortem is on the page.',
  'template-saved': 'The template is saved. It is offered where an incident is opened.',
  'template-deleted': 'The template is gone. Incidents that were opened with it stay as they are.',
  planned: 'The maintenance is announced.',
  started: 'The maintenance has begun.',
  extended: 'The new end is on the page.',
  completed: 'The maintenance is complete.',
  cancelled: 'The maintenance is called off.',
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
