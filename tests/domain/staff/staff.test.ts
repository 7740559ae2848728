import { listSessions } from '../../../src/domain/staff/sessions.ts'
import {
  addStaffMember,
  changeStaffMember,
  deactivateStaffMember,
  findStaffByEmail,
  listStaff,
  reactivateStaffMember,
  type StaffId,
} from '../../../src/domain/staff/staff.ts'
import { authenticate, createToken } from '../../../src/domain/staff/tokens.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { signIn } from '../../support/staff.ts'

const ADA = { name: 'Ada', email: 'Ada@LedgerLane.example', role: 'administrator' } as const
const RON = { name: 'Ron', email: 'ron@ledgerlane.example', role: 'responder' } as const

const add = (site: Site, member: Parameters<typeof addStaffMember>[1]): Promise<StaffId> =>
  site.as('administrator', (tx) => addStaffMember(tx, member))

describe('a member of staff', () => {
  test('is found by the address, however it is written, and has it alone', async ({ site }) => {
    const ada = await add(site, ADA)
    expect(await findStaffByEmail(site.ctx.read, ' ADA@ledgerlane.example ')).toMatchObject({
      id: ada,
      email: 'ada@ledgerlane.example',
    })
    await expect(add(site, { ...RON, email: 'ADA@LEDGERLANE.EXAMPLE' })).rejects.toThrow(
      'has this address already',
    )
    expect(await listStaff(site.ctx.read)).toHaveLength(1)
  })

  test('cannot leave, or take another role, as the last administrator', async ({ site }) => {
    const ada = await add(site, ADA)
    const ron = await add(site, RON)
    const last = 'This is the last administrator: make somebody else one first.'
    await expect(site.as('administrator', (tx) => deactivateStaffMember(tx, ada))).rejects.toThrow(last)
    await expect(
      site.as('administrator', (tx) => changeStaffMember(tx, ada, { role: 'viewer' })),
    ).rejects.toThrow(last)
    await site.as('administrator', (tx) => changeStaffMember(tx, ron, { role: 'administrator' }))
    const leave = (id: StaffId) => site.as('administrator', (tx) => deactivateStaffMember(tx, id))
    const outcomes = await Promise.allSettled([leave(ada), leave(ron)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('comes back without the sessions and tokens of before', async ({ site }) => {
    await add(site, ADA)
    const { staffId, email } = await signIn((work) => site.as('administrator', work), 'responder', {
      origin: site.ctx.config.url,
    })
    const { secret } = await site.as('administrator', (tx) =>
      createToken(tx, { name: 'Bot', scopes: ['read'], staffId }),
    )
    await site.as('administrator', (tx) => deactivateStaffMember(tx, staffId))
    await site.as('administrator', (tx) => reactivateStaffMember(tx, staffId))
    expect(await findStaffByEmail(site.ctx.read, email)).toMatchObject({ deactivatedAt: null })
    expect(await listSessions(site.ctx.read, staffId, site.clock.now())).toEqual([])
    await expect(authenticate(site.ctx.read, secret, site.clock.now())).rejects.toThrow('revoked')
  })

  test('makes tokens within the role, and each follows the role', async ({ site }) => {
    const ron = await add(site, RON)
    const create = (scopes: Parameters<typeof createToken>[1]['scopes']) =>
      site.as('responder', (tx) => createToken(tx, { name: 'Bot', scopes, staffId: ron }))
    await expect(create(['incidents:write', 'sla:write'])).rejects.toThrow('does not have sla:write')
    const { secret } = await create(['incidents:write'])
    const scopes = async () => (await authenticate(site.ctx.read, secret, site.clock.now())).scopes
    expect(await scopes()).toEqual(['incidents:write'])
    await site.as('administrator', (tx) => changeStaffMember(tx, ron, { role: 'viewer' }))
    expect(await scopes()).toEqual(['read'])
  })
})
