import type { z } from 'zod'
import { acceptLink, findInvitation, Joining, NewPassword, SettingUp } from '../auth/invitation.ts'
import type { Invitation } from '../domain/staff/invitations.ts'
import { DomainError } from '../errors.ts'
import type { Fields } from './fields.ts'
import type { Form } from './form.ts'
import { guestFields, problemOf } from './guest-form.ts'
import { type Asking, goOn, type SignInPage, secondStep } from './sign-in-page.ts'

/** What the page of a link is drawn with: what it opens, and the form for it; or the second step of signing in. */
export type LinkPage =
  | { state: 'nothing' }
  | { state: 'form'; invitation: Invitation; fields: Fields }
  | { state: 'second-step'; page: SignInPage }

/** What a link opens, once somebody has followed it; the answer to its form is where to go, or else what to draw. */
export async function linkPage(asking: Asking, secret: string): Promise<Response | LinkPage> {
  const { ctx, admitted } = asking.locals
  const invitation = await findInvitation(ctx, secret)
  if (invitation === undefined) {
    asking.response.status = 404
    return { state: 'nothing' }
  }
  const { form } = admitted
  if (form === undefined) return { state: 'form', invitation, fields: guestFields('link', undefined) }
  try {
    const signIn = await acceptLink(ctx, asking, secret, readInput(invitation, form))
    if (signIn.state === 'done') return goOn(ctx, signIn, {})
    if (signIn.state === 'second-step') return { state: 'second-step', page: secondStep(signIn.ticket) }
    throw new Error(`Whoever has the link was not let in: ${signIn.state}.`)
  } catch (error) {
    const problem = problemOf(error)
    asking.response.status = problem.status
    return { state: 'form', invitation, fields: guestFields('link', form, problem) }
  }
}

/** @throws DomainError `invalid` with every wrong field */
function readInput(
  { staffId, email }: Invitation,
  form: Form,
): { name?: string; email?: string; password: string } {
  const password = form.raw('password')
  if (staffId !== null) return parsed(NewPassword, { password })
  const name = form.text('name')
  if (email !== null) return parsed(Joining, { name, password })
  return parsed(SettingUp, { name, email: form.text('email'), password })
}

function parsed<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const fields = result.error.issues.map(({ path, message }) => ({ pointer: `/${path.join('/')}`, message }))
  throw new DomainError('invalid', fields[0]?.message ?? 'Something is missing.', { fields })
}
