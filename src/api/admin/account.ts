import { z } from '@hono/zod-openapi'
import { assertHardToGuess } from '../../auth/guessable.ts'
import { assertOwnPassword } from '../../auth/own-password.ts'
import { hashPassword, Password } from '../../auth/password.ts'
import { sealFor } from '../../auth/secrets.ts'
import { isTotpSecret, stepOf } from '../../auth/totp.ts'
import type { AppContext } from '../../context.ts'
import { getPage } from '../../domain/page.ts'
import {
  addAuthenticator,
  findAuthenticator,
  removeAuthenticator,
} from '../../domain/staff/authenticators.ts'
import { changePassword } from '../../domain/staff/passwords.ts'
import { countRecoveryCodes, makeRecoveryCodes } from '../../domain/staff/recovery-codes.ts'
import { changeStaffMember, getStaffMember, StaffName } from '../../domain/staff/staff.ts'
import { DomainError, invalidField } from '../../errors.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { type Caller, personOf } from './admit.ts'
import { StaffJson, staffJson } from './staff.ts'

const SecondStepJson = z
  .object({
    is_on: z.boolean(),
    recovery_codes_left: z.int().openapi({ description: 'Each signs in once without the app.' }),
  })
  .openapi('SecondStep')

const RecoveryCodesJson = z
  .object({
    recovery_codes: z
      .array(z.string())
      .openapi({ description: 'Shown in this answer and never again; earlier ones are worth nothing.' }),
  })
  .openapi('RecoveryCodes')

const OwnPassword = z
  .string()
  .default('')
  .openapi({ description: 'The present password, of somebody who has one.' })

const personal = { scope: 'read', isPersonal: true, tag: 'Me' } as const

/**
 * How somebody signs in. The present password is asked for before the transaction: a wrong one stays counted. To hash a
 * new one takes a tenth of a second and is done in it all the same: it is rare.
 */
export function accountRoutes(routes: AdminRoutes, ctx: AppContext): void {
  const withOwnPassword = ({ body, caller }: { body: { password: string }; caller: Caller }) =>
    assertOwnPassword(ctx, personOf(caller), body.password)
  routes.write(
    {
      ...personal,
      method: 'patch',
      path: '/me',
      summary: 'Change your name',
      body: z.strictObject({ name: StaffName }),
      answer: StaffJson,
    },
    async (tx, { body, caller }) => {
      const { id } = personOf(caller)
      await changeStaffMember(tx, id, body)
      return staffJson(await getStaffMember(tx.db, id))
    },
  )
  routes.write(
    {
      ...personal,
      // Not POST: the key of a repeated POST is kept with a fast hash of its body.
      method: 'put',
      path: '/me/password',
      summary: 'Change your password',
      description: 'Your sessions in other browsers end.',
      body: z.strictObject({ current: OwnPassword, password: Password }),
    },
    async (tx, { body, caller }) => {
      const person = personOf(caller)
      await assertHardToGuess(body.password, [person.name, person.email, (await getPage(tx.db)).name])
      await changePassword(tx, person.id, { hash: await hashPassword(body.password), keep: caller.sessionId })
    },
    ({ body, caller }) => assertOwnPassword(ctx, personOf(caller), body.current, '/current'),
  )
  routes.read(
    { ...personal, path: '/me/second-step', summary: 'Read how you sign in', answer: SecondStepJson },
    async (reader, { caller }) => {
      const { id } = personOf(caller)
      const authenticator = await findAuthenticator(reader, id)
      return { is_on: authenticator !== undefined, recovery_codes_left: await countRecoveryCodes(reader, id) }
    },
  )
  routes.write(
    {
      ...personal,
      method: 'put',
      path: '/me/second-step',
      summary: 'Ask for the code of an authenticator app when you sign in',
      description:
        'With an app in use already, the new one takes its place. Your sessions in other browsers end.',
      body: z.strictObject({
        secret: z
          .string()
          .refine(isTotpSecret, 'This is not a secret of 160 bits in base32.')
          .openapi({ description: 'What the app was given: 160 random bits in base32.' }),
        code: z.string().openapi({ description: 'What the app shows now.' }),
        password: OwnPassword,
      }),
      answer: RecoveryCodesJson,
    },
    async (tx, { body, caller }) => {
      const person = personOf(caller)
      const step = stepOf(body.code, body.secret, tx.now)
      if (step === undefined)
        throw invalidField('/code', 'This is not the code that the app shows at present.')
      const sealedSecret = await sealFor(ctx, 'authenticator', body.secret)
      await addAuthenticator(tx, person.id, { sealedSecret, lastStep: step, keep: caller.sessionId })
      return { recovery_codes: await makeRecoveryCodes(tx, person.id) }
    },
    withOwnPassword,
  )
  routes.write(
    {
      ...personal,
      method: 'delete',
      path: '/me/second-step',
      summary: 'Ask for the password alone when you sign in',
      description: 'Your sessions in other browsers end.',
      body: z.strictObject({ password: OwnPassword }),
    },
    async (tx, { caller }) => {
      await removeAuthenticator(tx, personOf(caller).id, { keep: caller.sessionId })
    },
    withOwnPassword,
  )
  routes.write(
    {
      ...personal,
      method: 'put',
      path: '/me/recovery-codes',
      summary: 'Make new recovery codes',
      body: z.strictObject({ password: OwnPassword }),
      answer: RecoveryCodesJson,
    },
    async (tx, { caller }) => {
      const person = personOf(caller)
      if ((await findAuthenticator(tx.db, person.id)) === undefined)
        throw new DomainError(
          'not-found',
          'Recovery codes stand in for an authenticator app: set one up first.',
        )
      return { recovery_codes: await makeRecoveryCodes(tx, person.id) }
    },
    withOwnPassword,
  )
}
