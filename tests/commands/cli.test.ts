import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findInvitationBySecret } from '../../src/domain/staff/invitations.ts'
import { addStaffMember } from '../../src/domain/staff/staff.ts'
import { authenticate } from '../../src/domain/staff/tokens.ts'
import { DAY_MS } from '../../src/lib/instant.ts'
import { component, outage } from '../import/statuspage-documents.ts'
import { describe, expect } from '../support/site.ts'
import { test } from './database.ts'
import { runAvow } from './run-avow.ts'

describe('the avow command', () => {
  test('migrates an empty database, and finds nothing to do in a new one', async ({ url, folder }) => {
    const empty = `file:${path.join(folder, 'deep', 'avow.db')}`
    expect(await runAvow(['migrate'], { AVOW_DATABASE: empty })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('0001-initial\n'),
      stderr: '',
    })
    expect(await runAvow(['migrate'], { AVOW_DATABASE: url })).toEqual({ code: 0, stdout: '', stderr: '' })
  })
})

describe('token create', () => {
  test('prints just the token', async ({ url, ctx }) => {
    const args = [
      'token',
      'create',
      '--name',
      'deploys',
      '--scope',
      'incidents:write',
      '--scope',
      'read',
      '--expires',
      '7',
    ]
    const { code, stdout, stderr } = await runAvow(args, { AVOW_DATABASE: url })
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^avow_[\w-]+\n$/)
    const token = await authenticate(ctx.read, stdout.trim(), ctx.now())
    expect(token).toMatchObject({ name: 'deploys', scopes: ['incidents:write', 'read'] })
    expect(token.expiresAt).toBeGreaterThan(ctx.now() + 6 * DAY_MS)
  })

  test.for([
    [['--name', ' ', '--scope', 'read'], 'A token needs a name.'],
    [['--name', 'x', '--scope', 'read', 'read'], 'A scope is given twice.'],
  ] as const)('with %j is refused: %s', async ([args, complaint], { url }) => {
    const { code, stdout, stderr } = await runAvow(['token', 'create', ...args], { AVOW_DATABASE: url })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(complaint)
    expect(stderr).not.toContain('    at ')
  })
})

describe('staff invite', () => {
  test('prints just the link, by which somebody joins, or who is staff sets a new password', async ({
    url,
    ctx,
  }) => {
    const invite = async () => {
      const { code, stdout, stderr } = await runAvow(
        ['staff', 'invite', 'ron@ledgerlane.example', '--role', 'responder'],
        {
          AVOW_DATABASE: url,
          AVOW_URL: 'https://status.ledgerlane.example',
        },
      )
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(/^https:\/\/status\.ledgerlane\.example\/admin\/invitations\/[\w-]{43}\n$/)
      const found = await findInvitationBySecret(ctx.read, stdout.trim().split('/').at(-1) ?? '', ctx.now())
      return found.state === 'open' ? found.invitation : undefined
    }
    expect(await invite()).toMatchObject({
      staffId: null,
      email: 'ron@ledgerlane.example',
      role: 'responder',
    })
    const id = await ctx.write({ kind: 'operator', id: null, name: 'a test' }, (tx) =>
      addStaffMember(tx, { name: 'Ron', email: 'ron@ledgerlane.example', role: 'viewer' }),
    )
    expect(await invite()).toMatchObject({ staffId: id })
  })
})

describe('import statuspage', () => {
  test('sums up what came in, and fails when a record was refused', async ({ url, folder }) => {
    const save = (name: string, value: unknown) => writeFile(path.join(folder, name), JSON.stringify(value))
    await save('components.json', {
      page: { name: 'Harbour Line' },
      components: [component('ferries00001', 'Ferries')],
    })
    await save('incidents.json', { incidents: [outage(), { id: 'bad' }] })
    const importing = (...options: string[]) =>
      runAvow(['import', 'statuspage', folder, ...options], { AVOW_DATABASE: url })
    const rehearsed = await importing('--dry-run')
    const { code, stdout, stderr } = await importing()
    expect(rehearsed.stdout).toBe(`A dry run: nothing was written. An import would come to this.\n${stdout}`)
    expect(rehearsed.stderr).toContain('1 record would be refused; the rest would be imported.\n')
    expect(code).toBe(1)
    expect(stdout).toContain('Components: 1 new, 0 brought up to date, 0 unchanged, 0 refused.\n')
    expect(stdout).toContain(
      'Incidents: 1 new, 0 brought up to date, 0 unchanged, 1 refused; from 2026-03-10 to 2026-03-10.\n',
    )
    expect(stdout).toContain('Refused incident bad: “name” is missing. “status” is missing.')
    expect(stderr).toContain('Importing: 3 of 3\n')
    expect(stderr).toContain('1 record was refused; the rest is imported.\n')
  })

  test('from nowhere says where it looked', async ({ url, folder }) => {
    const nowhere = path.join(folder, 'nowhere')
    const ran = await runAvow(['import', 'statuspage', nowhere], { AVOW_DATABASE: url })
    expect(ran).toEqual({
      code: 1,
      stdout: '',
      stderr: `There is no components.json at ${nowhere}; the import needs it.\n`,
    })
  })
})
