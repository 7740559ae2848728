import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { authenticate } from '../../src/domain/staff/tokens.ts'
import { DAY_MS } from '../../src/lib/instant.ts'
import { component, outage } from '../import/statuspage-documents.ts'
import { describe, expect } from '../support/site.ts'
import { test } from './database.ts'
import { runAvow } from './run-avow.ts'

describe('the avow command', () => {
  test('explains itself and each of its commands', async () => {
    const all = await runAvow(['--help'], {})
    expect(all).toMatchObject({ code: 0, stderr: '' })
    for (const name of ['migrate', 'token', 'import', 'sla', 'config', 'backup', 'restore']) {
      expect(all.stdout).toContain(`\n  ${name} `)
    }
    const one = await runAvow(['token', 'create', '--help'], {})
    expect(one.code).toBe(0)
    expect(one.stdout).toContain('--expires <days>')
    expect(one.stdout).toContain('npm run -s avow -- token create')
  })

  test('suggests the name that was meant', async () => {
    const { code, stdout, stderr } = await runAvow(['imprt'], {})
    expect(code).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain('Did you mean import?')
  })

  test('lists every wrong setting at once, without a stack', async () => {
    const { code, stdout, stderr } = await runAvow(['config'], {
      AVOW_PORT: 'http',
      AVOW_DATABASE: 'mysql://here',
      AVOW_TIME_ZONE: 'Mars/Olympus',
    })
    expect([code, stdout]).toEqual([1, ''])
    for (const name of ['AVOW_PORT', 'AVOW_DATABASE', 'AVOW_TIME_ZONE']) expect(stderr).toContain(name)
    expect(stderr).not.toContain('at ')
  })

  test('prints the configuration with the password hidden', async () => {
    const { code, stdout } = await runAvow(['config'], {
      AVOW_DATABASE: 'postgres://avow:s3cret@db.example/avow',
    })
    expect(code).toBe(0)
    expect(stdout).toContain('AVOW_DATABASE=postgres://avow:…@db.example/avow')
    expect(stdout).not.toContain('s3cret')
  })

  test('says in one sentence that a database is out of reach', async () => {
    const { code, stderr } = await runAvow(['migrate'], {
      AVOW_DATABASE: 'postgres://avow:s3cret@127.0.0.1:1/avow',
    })
    expect(code).toBe(1)
    expect(stderr).toBe('The database that AVOW_DATABASE names cannot be reached (ECONNREFUSED).\n')
  })

  test('migrates an empty database, and finds nothing to do in a new one', async ({ url, folder }) => {
    const empty = `file:${path.join(folder, 'deep', 'avow.db')}`
    expect(await runAvow(['migrate'], { AVOW_DATABASE: empty })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('0001-initial\n'),
      stderr: '',
    })
    expect(await runAvow(['migrate'], { AVOW_DATABASE: url })).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('answers deadlines line by line', async () => {
    const { code, stdout } = await runAvow(['sla', 'deadlines'], {}, '{"id": 1}\n\n{"id": 2}\n')
    expect(code).toBe(0)
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).toEqual([1, 2])
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
    [['--scope', 'read'], '--name'],
    [['--name', 'x'], '--scope'],
    [['--name', 'x', '--scope', 'everything'], 'incidents:write'],
    [['--name', 'x', '--scope', 'read', '--expires', 'soon'], 'whole number of days'],
    [['--name', ' ', '--scope', 'read'], 'A token needs a name.'],
    [['--name', 'x', '--scope', 'read', 'read'], 'A scope is given twice.'],
  ] as const)('with %j is refused: %s', async ([args, complaint], { url }) => {
    const { code, stdout, stderr } = await runAvow(['token', 'create', ...args], { AVOW_DATABASE: url })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(complaint)
    expect(stderr).not.toContain('    at ')
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
