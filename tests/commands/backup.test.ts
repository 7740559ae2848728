import { copyFile, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { inject } from 'vitest'
import { openContext } from '../../src/context.ts'
import { createComponent, listComponents } from '../../src/domain/components/components.ts'
import { describe, expect } from '../support/site.ts'
import { testConfig } from '../support/test-config.ts'
import { test } from './database.ts'
import { runAvow } from './run-avow.ts'

const OPERATOR = { kind: 'operator', id: null, name: 'An operator' } as const

async function addComponent(url: string, name: string): Promise<void> {
  const ctx = openContext(testConfig(url))
  await ctx.write(OPERATOR, (tx) => createComponent(tx, { name }))
  await ctx.close()
}

async function componentNames(url: string): Promise<string[]> {
  const ctx = openContext(testConfig(url))
  const names = (await listComponents(ctx.read)).map((component) => component.name)
  await ctx.close()
  return names
}

if (inject('engine') === 'postgres')
  describe('on PostgreSQL', () => {
    test('backup and restore name the tools for it', async ({ url, folder }) => {
      const file = path.join(folder, 'copy.db')
      expect(await runAvow(['backup', file], { AVOW_DATABASE: url })).toEqual({
        code: 1,
        stdout: '',
        stderr: 'This database is PostgreSQL; pg_dump is the tool that backs it up.\n',
      })
      expect((await runAvow(['restore', file], { AVOW_DATABASE: url })).stderr).toContain('pg_restore')
    })
  })

if (inject('engine') === 'sqlite')
  describe('a backup', () => {
    test('is taken while the server runs, is one file, and only its owner may read it', async ({
      url,
      ctx,
      folder,
    }) => {
      await ctx.write(OPERATOR, (tx) => createComponent(tx, { name: 'API' }))
      const file = path.join(folder, 'copy.db')
      const { code, stdout } = await runAvow(['backup', file], { AVOW_DATABASE: url })
      expect([code, stdout]).toEqual([0, `${file}\n`])
      expect(await readdir(folder)).toEqual(['copy.db'])
      expect((await stat(file)).mode & 0o777).toBe(0o600)
      expect(await componentNames(`file:${file}`)).toEqual(['API'])
    })

    test('never replaces a file', async ({ url, folder }) => {
      const file = path.join(folder, 'copy.db')
      await writeFile(file, 'precious')
      const { code, stderr } = await runAvow(['backup', file], { AVOW_DATABASE: url })
      expect(code).toBe(1)
      expect(stderr).toBe(`${file} is there already and stays as it is; give another name.\n`)
    })

    test('of a damaged database says so, and what to do', async ({ url, folder }) => {
      const file = url.slice('file:'.length)
      await writeFile(file, Buffer.alloc(8_192, 7), { flag: 'r+' })
      const copy = path.join(folder, 'copy.db')
      expect(await runAvow(['backup', copy], { AVOW_DATABASE: url })).toEqual({
        code: 1,
        stdout: '',
        stderr:
          `${file} is damaged, or no SQLite database at all (file is not a database). Nothing was written to it. ` +
          'Keep it, and restore a backup: avow restore FILE --force\n',
      })
      expect(await readdir(folder)).toEqual([])
    })

    test('of a database that is empty, or to a folder that is not there, is refused', async ({
      url,
      folder,
    }) => {
      const empty = path.join(folder, 'empty.db')
      await writeFile(empty, '')
      const copy = path.join(folder, 'copy.db')
      const { code, stderr } = await runAvow(['backup', copy], { AVOW_DATABASE: `file:${empty}` })
      expect([code, stderr]).toEqual([1, `There is no database at ${empty} yet.\n`])
      const nowhere = path.join(folder, 'nowhere', 'copy.db')
      expect(await runAvow(['backup', nowhere], { AVOW_DATABASE: url })).toMatchObject({
        code: 1,
        stderr: `There is no folder ${path.dirname(nowhere)}; make it first.\n`,
      })
      expect(await readdir(folder)).toEqual(['empty.db'])
    })

    test('of a database that is not there is refused', async ({ folder }) => {
      const missing = path.join(folder, 'missing.db')
      const { code, stderr } = await runAvow(['backup', path.join(folder, 'copy.db')], {
        AVOW_DATABASE: `file:${missing}`,
      })
      expect([code, stderr]).toEqual([1, `There is no database at ${missing} yet.\n`])
    })
  })

if (inject('engine') === 'sqlite')
  describe('restoring', () => {
    test('puts a backup where no database is, and over an empty one', async ({ url, folder }) => {
      const file = path.join(folder, 'copy.db')
      const place = path.join(folder, 'new', 'avow.db')
      await runAvow(['migrate'], { AVOW_DATABASE: `file:${place}` })
      await addComponent(url, 'API')
      await runAvow(['backup', file], { AVOW_DATABASE: url })
      for (const database of [place, path.join(folder, 'newer', 'avow.db')]) {
        const { code, stdout } = await runAvow(['restore', file], { AVOW_DATABASE: `file:${database}` })
        expect([code, stdout]).toEqual([0, `${database} is restored from ${file}.\n`])
        expect(await componentNames(`file:${database}`)).toEqual(['API'])
      }
    })

    test('keeps a database in use, or keeps it aside when forced', async ({ url, folder }) => {
      const file = path.join(folder, 'copy.db')
      await runAvow(['backup', file], { AVOW_DATABASE: url })
      await addComponent(url, 'API')
      const refused = await runAvow(['restore', file], { AVOW_DATABASE: url })
      expect(refused.code).toBe(1)
      expect(refused.stderr).toContain('--force restores all the same and keeps it aside.')
      expect(await componentNames(url)).toEqual(['API'])
      const forced = await runAvow(['restore', file, '--force'], { AVOW_DATABASE: url })
      expect(forced.code).toBe(0)
      expect(await componentNames(url)).toEqual([])
      expect(await componentNames(`${url}.before-restore`)).toEqual(['API'])
    })

    test('is refused while a server has the database open', async ({ url, ctx, folder }) => {
      const file = path.join(folder, 'copy.db')
      await runAvow(['backup', file], { AVOW_DATABASE: url })
      await listComponents(ctx.read)
      const { code, stderr } = await runAvow(['restore', file, '--force'], { AVOW_DATABASE: url })
      expect(code).toBe(1)
      expect(stderr).toContain('stop the server first')
    })

    test('keeps another program’s database, and the log of a database that is damaged or gone', async ({
      url,
      folder,
    }) => {
      const backup = path.join(folder, 'copy.db')
      await runAvow(['backup', backup], { AVOW_DATABASE: url })
      const foreign = path.join(folder, 'foreign.db')
      new BetterSqlite(foreign).exec('create table song (name text)').close()
      const refused = await runAvow(['restore', backup], { AVOW_DATABASE: `file:${foreign}` })
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('--force')])
      expect(new BetterSqlite(foreign).prepare('select count(*) from song').pluck().get()).toBe(0)

      for (const [name, content] of [
        ['damaged', Buffer.alloc(8_192, 7)],
        ['gone', undefined],
      ] as const) {
        const file = path.join(folder, `${name}.db`)
        if (content !== undefined) await writeFile(file, content)
        await writeFile(`${file}-wal`, `The log of what is ${name}.`)
        expect((await runAvow(['restore', backup], { AVOW_DATABASE: `file:${file}` })).code).toBe(1)
        const forced = await runAvow(['restore', backup, '--force'], { AVOW_DATABASE: `file:${file}` })
        expect([name, forced.code]).toEqual([name, 0])
        expect(forced.stdout).toContain(`is kept as ${file}.before-restore`)
        const left = (await readdir(folder)).filter((one) => one.startsWith(`${name}.db`)).sort()
        const kept = [`${name}.db.before-restore-wal`]
        if (content !== undefined) kept.unshift(`${name}.db.before-restore`)
        expect(left).toEqual([`${name}.db`, ...kept])
        expect(await readFile(`${file}.before-restore-wal`, 'utf8')).toBe(`The log of what is ${name}.`)
      }
    })

    test('refuses what a newer version has left', async ({ url, folder }) => {
      const backup = path.join(folder, 'copy.db')
      await runAvow(['backup', backup], { AVOW_DATABASE: url })
      new BetterSqlite(backup)
        .exec(`insert into kysely_migration values ('9999-of-tomorrow', '2099')`)
        .close()
      const { code, stderr } = await runAvow(['restore', backup, '--force'], { AVOW_DATABASE: url })
      expect([code, stderr]).toEqual([
        1,
        `${backup} comes from a newer version of Avow (9999-of-tomorrow is not known here). Restore it with that version.\n`,
      ])
    })

    test('takes sound backups only', async ({ url, folder }) => {
      const nonsense = path.join(folder, 'nonsense.db')
      await writeFile(nonsense, 'This is no database, however long it may be. '.repeat(100))
      const cut = path.join(folder, 'cut.db')
      await copyFile(url.slice('file:'.length), cut)
      await writeFile(cut, Buffer.alloc(8_192, 7), { flag: 'r+' })
      for (const file of [nonsense, cut, path.join(folder, 'missing.db')]) {
        const { code, stderr } = await runAvow(['restore', file], { AVOW_DATABASE: url })
        expect(code).toBe(1)
        expect(stderr).toContain(file)
        expect(stderr.trim().split('\n')).toHaveLength(1)
      }
    })
  })
