import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base, describe, expect } from 'vitest'
import { V1, v1Page } from '../import/cachet-documents.ts'
import { SETTINGS_ALONE } from '../import/kuma-backup.ts'
import { runAvow } from './run-avow.ts'

// What these commands say has nothing to do with the engine, so that one is enough.

const test = base.extend<{ folder: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'avow-moving-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
})

describe('moving by the avow command', () => {
  test('says what came, in which zone clocks were read, and what went out', async ({ folder }) => {
    const run = (...args: string[]) =>
      runAvow(args, { AVOW_DATABASE: `file:${path.join(folder, 'avow.db')}`, AVOW_LOG_LEVEL: 'warn' })
    const backup = path.join(folder, 'backup.json')
    await writeFile(backup, JSON.stringify(SETTINGS_ALONE))
    const kuma = await run('import', 'uptime-kuma', backup)
    expect([kuma.code, kuma.stderr]).toEqual([0, expect.stringContaining('Importing: 4 of 4\n')])
    expect(kuma.stdout).toContain('Components: 2 new, 0 brought up to date, 0 unchanged, 0 refused.\n')
    expect(kuma.stdout).toContain('Paused there and left out: Old tram.\n')

    for (const [name, list] of Object.entries(V1))
      await writeFile(path.join(folder, `${name}.json`), JSON.stringify(v1Page(list)))
    const cachet = await run('import', 'cachet', folder, '--time-zone', 'Asia/Kolkata', '--dry-run')
    expect(cachet.code).toBe(1)
    expect(cachet.stdout).toContain('A dry run: nothing was written.')
    expect(cachet.stdout).toContain('Incidents: 2 new')
    expect(cachet.stdout).toContain('Times without a zone were read as those of Asia/Kolkata.\n')
    expect(cachet.stdout).toContain('Refused maintenance 10: It has no “completed_at”')
    expect(cachet.stderr).toContain('1 record would be refused; the rest would be imported.\n')

    const documents = path.join(folder, 'documents')
    expect(await run('export', 'statuspage', documents)).toEqual({
      code: 0,
      stdout: `In ${documents}: components and groups (4), incidents (0), maintenances (0).\n`,
      stderr: '',
    })
    const again = await run('import', 'statuspage', documents)
    expect(again.stdout).toContain('Components: 0 new, 0 brought up to date, 2 unchanged, 0 refused.\n')
  })

  test('refuses a zone that is none', async () => {
    const { code, stderr } = await runAvow(['import', 'cachet', '.', '--time-zone', 'Mars/Olympus'], {})
    expect([code, stderr]).toEqual([1, expect.stringContaining('It must be an IANA time zone')])
  })
})
