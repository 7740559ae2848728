import { spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { watch } from 'node:fs'
import { mkdir, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openContext } from '../../src/context.ts'
import { type Dice, seededDice } from '../../src/demo/dice.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { linksOf } from '../../src/site-copy/links.ts'
import { runAvow } from '../commands/run-avow.ts'
import { NODE_OPTIONS } from '../support/node-options.ts'
import { makePage, OPERATOR, type Page } from '../support/page.ts'
import { startProgram } from '../support/running-program.ts'
import { testConfig } from '../support/test-config.ts'
import { isFull, report, seed, times } from './extent.ts'

// F17: whoever writes the static copy is killed in the middle, and the copy is still one to serve.

const ROUNDS = times({ quick: 1, full: 15 })
/** So long after the first file it has written a small copy. */
const MOMENT_MS = 200
const ORIGIN = 'https://status.ledgerlane.example'
/** While the folder is written it has a file of this name, and files that are not whole end like it. */
const UNFINISHED = '.unfinished'

test('an export that is killed leaves the former copy to serve, and the next one completes it', {
  timeout: 900_000,
}, async ({ onTestFinished }) => {
  const page = await makePage('sqlite')
  onTestFinished(page.remove)
  const folder = path.join(path.dirname(page.file), 'copy')
  const settings = { AVOW_DATABASE: page.url, AVOW_URL: ORIGIN }
  const whole = async () => {
    const { code, stderr } = await runAvow(['export', folder], settings)
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('lead nowhere')])
    return readCopy(folder)
  }
  const dice = seededDice(seed)
  await tell(page, 0)
  // The first one of all, which has no former copy.
  await killExport(folder, settings, dice)
  let former = await whole()
  let [changed, files, links] = [0, 0, 0]
  for (let round = 1; round <= ROUNDS; round += 1) {
    await tell(page, round)
    await killExport(folder, settings, dice)
    const left = await readCopy(folder)
    const latest = await whole()
    links += expectServed(left, former, latest)
    expect(latest.get('index.html')).toContain(`Round ${round} is over.`)
    expect([...latest.keys()].filter((name) => name.endsWith(UNFINISHED))).toEqual([])
    changed += [...left].filter(([name, text]) => former.get(name) !== text).length
    files += left.size
    former = latest
  }
  reportKills('export', { files, changed, links })
})

test('a program that is killed while it publishes leaves a copy to serve, and goes on from there', {
  timeout: 900_000,
}, async ({ onTestFinished }) => {
  const page = await makePage('sqlite')
  onTestFinished(page.remove)
  const folder = path.join(path.dirname(page.file), 'copy')
  const dice = seededDice(seed)
  let [changed, files, links] = [0, 0, 0]
  let former = new Map<string, string>()
  for (let round = 0; round <= ROUNDS; round += 1) {
    const program = await startProgram(page.url, { AVOW_URL: ORIGIN, AVOW_PUBLISH_DIR: folder })
    onTestFinished(program.kill)
    await untilPublished(folder, round > 0 ? `Round ${round - 1} is over.` : '')
    former = await readCopy(folder)
    const changing = change(folder)
    await tell(page, round)
    await changing
    await delay(dice.between(0, MOMENT_MS))
    await program.kill()
    const left = await readCopy(folder)
    const last = await startProgram(page.url, { AVOW_URL: ORIGIN, AVOW_PUBLISH_DIR: folder })
    onTestFinished(last.kill)
    await untilPublished(folder, `Round ${round} is over.`)
    await last.stop()
    links += expectServed(left, former, await readCopy(folder))
    changed += [...left].filter(([name, text]) => former.get(name) !== text).length
    files += left.size
  }
  reportKills('publishing', { files, changed, links })
})

/** What was left, over all rounds: in full mode not every kill can have come too early or too late. */
function reportKills(
  what: string,
  { files, changed, links }: Record<'files' | 'changed' | 'links', number>,
): void {
  report(`F17 ${what} killed`, {
    times: ROUNDS + 1,
    'files left': files,
    'of these new': changed,
    'links of these followed': links,
    seed,
  })
  if (isFull) expect(changed).toBeGreaterThan(0)
}

/** Opens an incident and says something in all that is open, so that old pages change and new ones come. */
async function tell({ url }: Page, round: number): Promise<void> {
  const ctx = openContext(testConfig(url))
  await ctx.write(OPERATOR, async (tx) => {
    for (let number = 1; number <= 3; number += 1) {
      const id = await openIncident(tx, { name: `Incident ${round}-${number}`, body: 'Looking.' })
      await postIncidentUpdate(tx, id, { status: 'resolved', body: `Round ${round} is over.` })
    }
  })
  await ctx.close()
}

/** Kills an export at some moment after it has begun to write. */
async function killExport(folder: string, settings: Record<string, string>, dice: Dice): Promise<void> {
  await mkdir(folder, { recursive: true })
  const changing = change(folder)
  const child = spawn(process.execPath, [...NODE_OPTIONS, 'src/cli.ts', 'export', folder], {
    env: { PATH: process.env.PATH, ...settings },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  await Promise.race([changing, ended])
  await delay(dice.between(0, MOMENT_MS))
  child.kill('SIGKILL')
  await ended
}

/** Resolves when something is written in a folder. */
async function change(folder: string): Promise<void> {
  const watcher = watch(folder, { recursive: true })
  await once(watcher, 'change')
  watcher.close()
}

/** The files of a copy, by name, byte by byte. */
async function readCopy(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((it) => it.isFile()).map(({ parentPath, name }) => path.join(parentPath, name))
  return new Map(
    await Promise.all(
      files.map(async (file) => [path.relative(folder, file), await readFile(file, 'latin1')] as const),
    ),
  )
}

/** Waits until a whole copy says something on its home page. */
async function untilPublished(folder: string, words: string): Promise<void> {
  const says = async () => {
    const copy = await readCopy(folder)
    const home = copy.get('index.html') ?? ''
    const { files } = JSON.parse(copy.get('manifest.json') ?? '{"files":{}}')
    const isWhole =
      home !== '' && files['index.html']?.sha256 === hash('sha256', Buffer.from(home, 'latin1'), 'hex')
    return isWhole && !copy.has(UNFINISHED) && home.includes(words)
  }
  await expect.poll(says, { timeout: 60_000, interval: 50 }).toBe(true)
}

/**
 * What is left has each file of before, as it was or as it shall be, and no link that leads nowhere.
 * @returns how many links were followed
 */
function expectServed(
  left: ReadonlyMap<string, string>,
  former: ReadonlyMap<string, string>,
  latest: ReadonlyMap<string, string>,
): number {
  const kept = [...former.keys()].filter((name) => !isBookkeeping(name))
  expect(kept.filter((name) => !left.has(name) && latest.has(name))).toEqual([])
  const served = [...left].filter(([name]) => !isBookkeeping(name))
  const strange = served.filter(([name, bytes]) => bytes !== former.get(name) && bytes !== latest.get(name))
  expect(strange.map(([name]) => name)).toEqual([])
  // A first copy has no readers until it is whole.
  if (former.size === 0) return 0
  const links = served
    .filter(([name]) => name.endsWith('.html'))
    .flatMap(([name, html]) => linksOf(html, ORIGIN).map((link) => ({ name, link })))
    .filter(({ link }) => !/^\/(api\/admin|private)/.test(link) && !link.includes('?'))
  const dead = links.filter(
    ({ link }) => !left.has(link.slice(1)) && !left.has(path.join(link.slice(1), 'index.html')),
  )
  expect(dead).toEqual([])
  return links.length
}

/** What stands beside the pages and is none. */
function isBookkeeping(name: string): boolean {
  return name === 'manifest.json' || name.endsWith(UNFINISHED)
}
