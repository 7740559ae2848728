import { type SignIn, signInWithCode, signInWithPassword } from '../auth/sign-in.ts'
import type { AppContext } from '../context.ts'
import { keepDraft } from '../domain/staff/drafts.ts'
import type { Problem } from './admin-client.ts'
import { placeOf } from './desk.ts'
import type { Fields } from './fields.ts'
import type { Form } from './form.ts'
import type { Admitted } from './gate.ts'
import { guestFields, problemOf } from './guest-form.ts'
import { whereNext } from './where-next.ts'

/** What the sign-in page is drawn with: the first step, or the second with the ticket of the first. */
export interface SignInPage {
  step: 'password' | 'code'
  fields: Fields
  /**
   * What the form carries along: where to go on, and after a form whose session had ended, its name (`kept_form`) and,
   * where something was written in it, its fields (`kept`).
   */
  carried: Record<string, string>
}

/** A page's request, as far as signing in needs it. */
export interface Asking {
  request: Request
  url: URL
  locals: { ctx: AppContext; admitted: Admitted }
  address: string | null
  response: { status?: number; headers: Headers }
}

/** Tries to sign in with what was posted; the answer is where to go, or else what to draw. */
export async function signInPage(asking: Asking): Promise<Response | SignInPage> {
  const { ctx, admitted } = asking.locals
  const { form } = admitted
  const carried = form === undefined ? carriedFrom(asking.url, admitted) : carriedBy(form)
  if (form === undefined) return { step: 'password', fields: guestFields('password', undefined), carried }
  const step = form.text('form') === 'code' ? 'code' : 'password'
  try {
    const signIn = await (step === 'code'
      ? signInWithCode(ctx, asking, { ticket: form.text('ticket'), code: form.text('code') })
      : signInWithPassword(ctx, asking, { email: form.text('email'), password: form.raw('password') }))
    return await answerTo(asking, signIn, { step, carried, form })
  } catch (error) {
    // Where no try can be counted, nobody is let in.
    const problem = { ...problemOf(error), title: 'You are not signed in' }
    return refused(asking, {
      step,
      fields: guestFields(step, form, problem),
      carried: withTicket(carried, form),
    })
  }
}

/** Where somebody who has just come in goes on. */
export async function goOn(
  ctx: AppContext,
  signIn: SignIn & { state: 'done' },
  carried: Record<string, string>,
): Promise<Response> {
  const location = whereNext(carried.next ?? '')
  const { kept, kept_form: name } = carried
  // A draft stands in the form when the page is drawn again.
  if (kept && name) {
    const place = placeOf(new URL(location, ctx.config.url).pathname, name)
    const { staff } = signIn
    await ctx.write({ kind: 'staff', ...staff }, (tx) =>
      keepDraft(tx, { staffId: staff.id, place, fields: kept }),
    )
  }
  const headers = new Headers({ Location: location })
  for (const cookie of signIn.cookies) headers.append('Set-Cookie', cookie)
  return new Response(null, { status: 303, headers })
}

/** What a try came to, on the page from which it was made. */
async function answerTo(
  asking: Asking,
  signIn: SignIn,
  { step, carried, form }: { step: SignInPage['step']; carried: Record<string, string>; form: Form },
): Promise<Response | SignInPage> {
  switch (signIn.state) {
    case 'done':
      return goOn(asking.locals.ctx, signIn, carried)
    case 'second-step':
      return secondStep(signIn.ticket, carried)
    case 'over':
      return refused(asking, { step: 'password', fields: guestFields('password', undefined, OVER), carried })
    case 'slow':
      asking.response.headers.set('Retry-After', String(signIn.seconds))
      return refused(asking, {
        step,
        fields: guestFields(step, form, tooMany(signIn.seconds)),
        carried: withTicket(carried, form),
      })
    case 'wrong':
      return refused(asking, {
        step,
        fields: guestFields(step, form, step === 'code' ? WRONG_CODE : WRONG_PASSWORD),
        carried: withTicket(carried, form),
      })
  }
}

/** The page of the second step, wherever the first was made. */
export function secondStep(ticket: string, carried: Record<string, string> = {}): SignInPage {
  return { step: 'code', fields: guestFields('code', undefined), carried: { ...carried, ticket } }
}

function refused({ response }: Asking, page: SignInPage): SignInPage {
  response.status = page.fields.problem?.status ?? 422
  return page
}

function carriedFrom(url: URL, { kept }: Admitted): Record<string, string> {
  if (kept === undefined) return { next: url.searchParams.get('next') ?? '' }
  const { address: next, form } = kept
  // A form without a subject is a button, and nothing is written in it.
  return { next, kept: form.has('subject') ? form.kept : '', kept_form: form.text('form') }
}

function carriedBy(form: Form): Record<string, string> {
  return { next: form.text('next'), kept: form.text('kept'), kept_form: form.text('kept_form') }
}

function withTicket(carried: Record<string, string>, form: Form): Record<string, string> {
  return form.has('ticket') ? { ...carried, ticket: form.text('ticket') } : carried
}

const WRONG_PASSWORD: Problem = {
  status: 422,
  title: 'You are not signed in',
  detail: 'The e-mail address or the password is not right.',
  fields: [],
  current: undefined,
}

const WRONG_CODE: Problem = {
  status: 422,
  title: 'You are not signed in yet',
  detail: 'This code is not right, or was used before. An app shows another one every 30 seconds.',
  fields: [],
  current: undefined,
}

const OVER: Problem = {
  status: 422,
  title: 'You are not signed in',
  detail: 'The first step was too long ago. Begin again.',
  fields: [],
  current: undefined,
}

function tooMany(seconds: number): Problem {
  const minutes = Math.ceil(seconds / 60)
  return {
    status: 429,
    title: 'You are not signed in',
    detail: `There were too many tries. Wait ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, or use a browser in which you have signed in before.`,
    fields: [],
    current: undefined,
  }
}
