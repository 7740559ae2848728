import { invalidField } from '../errors.ts'
import type { Instant } from '../lib/instant.ts'
import { DAY_MS, toIso } from '../lib/instant.ts'
import type { FormOf } from './desk.ts'

/** What a token lasts, as the form offers it; empty is for ever. */
export const TOKEN_DAYS = ['30', '90', '365', ''] as const

const back = (said: string) => () => `/admin/account?said=${said}`

export const nameForm: FormOf<unknown> = {
  name: 'name',
  send: (form) => ({ method: 'patch', path: '/me', body: { name: form.text('name') } }),
  next: back('renamed'),
}

export const passwordForm: FormOf<unknown> = {
  name: 'password',
  send: (form) => ({
    method: 'put',
    path: '/me/password',
    body: { current: form.raw('current'), password: form.raw('password') },
  }),
  next: back('password'),
}

/** Shows the new codes, this once. */
export const recoveryCodesForm: FormOf<{ recovery_codes: string[] }> = {
  name: 'recovery-codes',
  send: (form) => ({ method: 'put', path: '/me/recovery-codes', body: { password: form.raw('password') } }),
}

export const oneStepForm: FormOf<unknown> = {
  name: 'one-step',
  send: (form) => ({ method: 'delete', path: '/me/second-step', body: { password: form.raw('password') } }),
  next: back('one-step'),
}

/** Shows the recovery codes, this once. */
export const secondStepForm: FormOf<{ recovery_codes: string[] }> = {
  name: 'second-step',
  send: (form) => ({
    method: 'put',
    path: '/me/second-step',
    body: { secret: form.text('secret'), code: form.text('code'), password: form.raw('password') },
  }),
}

export const endSessionForm: FormOf<unknown> = {
  name: 'end-session',
  send: (form) => ({ method: 'delete', path: `/me/sessions/${form.text('id')}` }),
  next: back('session-ended'),
}

/** Shows the token, this once. */
export function tokenForm(now: Instant): FormOf<{ name: string; secret: string }> {
  return {
    name: 'token',
    send: (form) => {
      const days = TOKEN_DAYS.find((one) => one === form.text('days'))
      if (days === undefined) throw invalidField('/days', 'Choose one of these.')
      return {
        method: 'post',
        path: '/me/tokens',
        body: {
          name: form.text('name'),
          scopes: [...form.beginning('scope-').keys()],
          expires_at: days === '' ? null : toIso(now + Number(days) * DAY_MS),
        },
      }
    },
  }
}

export const revokeTokenForm: FormOf<unknown> = {
  name: 'revoke-token',
  send: (form) => ({ method: 'delete', path: `/me/tokens/${form.text('id')}` }),
  next: back('token-revoked'),
}
