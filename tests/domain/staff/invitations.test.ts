import {
  acceptInvitation,
  createInvitation,
  createSetUpLink,
  findInvitationBySecret,
  INVITATION_LASTS_MS,
  keepInvitationEnd,
  listInvitations,
  revokeInvitation,
} from '../../../src/domain/staff/invitations.ts'
import { addStaffMember, deactivateStaffMember, listStaff } from '../../../src/domain/staff/staff.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

const RON = { email: 'ron@ledgerlane.example', role: 'responder' } as const

const invite = (site: Site, whom: Parameters<typeof createInvitation>[1] = RON) =>
  site.as('administrator', (tx) => createInvitation(tx, whom))
const accept = (site: Site, secret: string, more: { email?: string } = {}) =>
  site.as('responder', (tx) => acceptInvitation(tx, secret, { name: 'Ron', passwordHash: 'x', ...more }))
const stateOf = async (site: Site, secret: string) =>
  (await findInvitationBySecret(site.ctx.read, secret, site.clock.now())).state

describe('an invitation', () => {
  test('lets one person in, with its address and role, once', async ({ site }) => {
    const { id, secret } = await invite(site, { ...RON, email: 'Ron@LedgerLane.example' })
    expect(await listInvitations(site.ctx.read, site.clock.now())).toMatchObject([{ id, ...RON }])
    const outcomes = await Promise.allSettled([accept(site, secret), accept(site, secret)])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    await expect(accept(site, secret, { email: 'other@ledgerlane.example' })).rejects.toThrow('opens nothing')
    expect(await listStaff(site.ctx.read)).toMatchObject([{ name: 'Ron', ...RON }])
    expect(await listInvitations(site.ctx.read, site.clock.now())).toEqual([])
  })

  test('is in the database as a hash only', async ({ site }) => {
    const { secret } = await invite(site)
    const stored = [
      await site.ctx.read.selectFrom('invitation').selectAll().execute(),
      await site.ctx.read.selectFrom('event').selectAll().execute(),
    ]
    expect(JSON.stringify(stored)).not.toContain(secret)
  })

  test('opens nothing once it is revoked, made again, or over, also when the clock goes back', async ({
    site,
  }) => {
    const revoked = await invite(site)
    await site.as('administrator', (tx) => revokeInvitation(tx, revoked.id))
    expect(await stateOf(site, revoked.secret)).toBe('none')

    const first = await invite(site)
    const second = await invite(site)
    expect([await stateOf(site, first.secret), await stateOf(site, second.secret)]).toEqual(['none', 'open'])

    site.clock.advance({ seconds: INVITATION_LASTS_MS / 1_000 })
    expect(await stateOf(site, second.secret)).toBe('over')
    await expect(accept(site, second.secret)).rejects.toThrow('opens nothing')
    await site.as('administrator', (tx) => keepInvitationEnd(tx, second.id))
    site.clock.advance({ days: -1 })
    expect(await stateOf(site, second.secret)).toBe('none')
  })

  test('is for nobody who is staff, or was', async ({ site }) => {
    await site.as('administrator', (tx) => addStaffMember(tx, { name: 'Ada', ...RON, role: 'administrator' }))
    await expect(invite(site)).rejects.toThrow('A member of staff has this address already.')
    const id = await site.as('administrator', (tx) =>
      addStaffMember(tx, { name: 'Eve', email: 'eve@ledgerlane.example', role: 'viewer' }),
    )
    await site.as('administrator', (tx) => deactivateStaffMember(tx, id))
    await expect(invite(site, { ...RON, email: 'eve@ledgerlane.example' })).rejects.toThrow(
      'in again instead',
    )
  })
})

describe('the link of the first set-up', () => {
  test('makes the first administrator, whichever process has printed it, and nobody after', async ({
    site,
  }) => {
    const link = () => site.as('job', createSetUpLink)
    const { secret } = await link()
    const other = await link()
    expect([await stateOf(site, secret), await stateOf(site, other.secret)]).toEqual(['open', 'open'])
    expect(await listInvitations(site.ctx.read, site.clock.now())).toEqual([])
    await accept(site, secret, { email: 'ada@ledgerlane.example' })
    expect(await listStaff(site.ctx.read)).toMatchObject([
      { email: 'ada@ledgerlane.example', role: 'administrator' },
    ])
    expect(await stateOf(site, other.secret)).toBe('none')
    await expect(accept(site, other.secret)).rejects.toThrow('opens nothing')
    await expect(link()).rejects.toThrow('This page has been set up already.')
  })

  test('opens nothing when somebody has joined meanwhile', async ({ site }) => {
    const { secret } = await site.as('job', createSetUpLink)
    await accept(site, (await invite(site)).secret)
    await expect(accept(site, secret, { email: 'eve@ledgerlane.example' })).rejects.toThrow('opens nothing')
  })
})
