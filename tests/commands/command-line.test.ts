import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { runAvow, runNode } from './run-avow.ts'

// What the command says before it has a database.

describe('the avow command', () => {
  test('explains itself and each of its commands', async () => {
    const all = await runAvow(['--help'], {})
    expect(all).toMatchObject({ code: 0, stderr: '' })
    for (const name of ['migrate', 'token', 'staff', 'import', 'sla', 'config', 'backup', 'restore']) {
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
  test.for([
    [['--scope', 'read'], '--name'],
    [['--name', 'x'], '--scope'],
    [['--name', 'x', '--scope', 'everything'], 'incidents:write'],
    [['--name', 'x', '--scope', 'read', '--expires', 'soon'], 'whole number of days'],
  ] as const)('with %j is refused: %s', async ([args, complaint]) => {
    const { code, stdout, stderr } = await runAvow(['token', 'create', ...args], {})
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain(complaint)
    expect(stderr).not.toContain('    at ')
  })
})

describe('npm start, where nothing is built yet', () => {
  test('says how it is used and what is wrong with an option, and asks for a build for all else', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'avow-not-built-'))
    const start = (...options: string[]) =>
      runNode([path.resolve('src/main.ts'), ...options], {}, { cwd: folder })
    const [help, wrong, right] = await Promise.all([
      start('--help'),
      start('--processes', 'many'),
      start('--processes', '2'),
    ])
    await rm(folder, { recursive: true })
    expect(help).toMatchObject({ code: 0, stderr: '' })
    expect(help.stdout).toContain('--processes <number>')
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('a whole number from 1 to 64') })
    expect(right).toEqual({
      code: 1,
      stdout: '',
      stderr: 'The site is not built yet. Run `npm run build` first.\n',
    })
  })
})
