import type { FormOf } from './desk.ts'

/** Shows the link, this once. */
export const inviteForm: FormOf<{ email: string; url: string }> = {
  name: 'invite',
  send: (form) => ({
    method: 'post',
    path: '/invitations',
    body: { email: form.text('email'), role: form.text('role') },
  }),
}

export const revokeInvitationForm: FormOf<unknown> = {
  name: 'revoke-invitation',
  send: (form) => ({ method: 'delete', path: `/invitations/${form.text('id')}` }),
  next: () => '/admin/staff?said=invitation-revoked',
}

/** The forms on the page of one member of staff. */
export function memberForms(id: string) {
  const back = (said: string) => () => `/admin/staff/${id}?said=${said}`
  return {
    change: {
      name: 'member',
      send: (form) => ({
        method: 'patch',
        path: `/staff/${id}`,
        basedOn: form.text('version'),
        body: { name: form.text('name'), role: form.text('role') },
      }),
      next: back('member-changed'),
    } satisfies FormOf<unknown>,
    passwordLink: {
      name: 'password-link',
      send: () => ({ method: 'post', path: `/staff/${id}/password-links` }),
    } satisfies FormOf<{ url: string }>,
    noSecondStep: {
      name: 'no-second-step',
      send: () => ({ method: 'delete', path: `/staff/${id}/second-step` }),
      next: back('no-second-step'),
    } satisfies FormOf<unknown>,
    shutOut: {
      name: 'shut-out',
      send: () => ({ method: 'put', path: `/staff/${id}/deactivation` }),
      next: back('shut-out'),
    } satisfies FormOf<unknown>,
    letIn: {
      name: 'let-in',
      send: () => ({ method: 'delete', path: `/staff/${id}/deactivation` }),
      next: back('let-in'),
    } satisfies FormOf<unknown>,
  }
}
