import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { buildScenario } from '../../bench/scenario.ts'
import { MOST_WITH_BARS } from '../../src/domain/status-page/home-components.ts'
import { DAY_MS } from '../../src/lib/instant.ts'
import { launchBrowser } from '../support/browser.ts'
import { type FirstView, firstView, movesUnderLateScript, watch, watched } from '../support/first-view.ts'
import { type RunningProgram, startProgram } from '../support/running-program.ts'
import { testConfig } from '../support/test-config.ts'
import { invalidHtml, violations } from './sound-page.ts'

// Ninety days and thirty incidents, seen for the first time, by a real browser on the real program.

const BUDGETS = [
  { components: 20, budgetBytes: 20_000 },
  { components: 200, budgetBytes: 20_000 },
  { components: 2_000, budgetBytes: 60_000 },
]

let folder: string
let browser: Browser
const programs = new Map<number, RunningProgram>()
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'avow-first-view-'))
  browser = await launchBrowser()
  for (const { components } of BUDGETS) {
    const database = `file:${path.join(folder, `${components}.db`)}`
    await buildScenario(testConfig(database), { components, days: 90, incidents: 30, now: lastNoon() })
    programs.set(components, await startProgram(database))
  }
})
afterAll(async () => {
  await browser.close()
  for (const program of programs.values()) await program.stop()
  await rm(folder, { recursive: true, force: true })
})

describe.each(BUDGETS)('a first view of $components components', ({ components, budgetBytes }) => {
  let view: FirstView
  let bytes: number
  beforeAll(async () => {
    view = await firstView(browser, originOf(components))
    bytes = view.files.reduce((sum, file) => sum + file.bytes, 0)
    const files = view.files.map((file) => `${file.kind} ${file.bytes}`).join(', ')
    const paint = `largest paint after ${Math.round(view.largestPaintMs)} ms`
    console.info(`${components} components: ${bytes} bytes by brotli (${files}), ${paint}`)
  })

  test('asks for the page and its script, and for nothing else', () => {
    expect(view.files.map(({ kind }) => kind)).toEqual(['document', 'script'])
    // Without a window no icon is asked for. This one never is: it stands in the page.
    expect(view.icons).toEqual([expect.stringMatching(/^data:/)])
  })

  test(`weighs at most ${budgetBytes / 1000} kB`, () => {
    // Very many are there by name, and with their bars those that do not work.
    expect(view.components).toBe(components)
    expect(view.bars).toBe(components > MOST_WITH_BARS ? view.affected : components)
    expect(bytes).toBeLessThanOrEqual(budgetBytes)
  })

  test('waits for nothing but the page', () => {
    expect(view.blocking).toEqual([])
    expect(view.isStyled).toBe(true)
    expect(view.scripts).toEqual([{ type: 'module', blocking: null }])
  })

  test('moves nothing', () => {
    expect(view.shift).toBe(0)
  })
})

test('very many components, by name, are sound', async () => {
  const page = await browser.newPage({ viewport: { width: 320, height: 900 } })
  await page.goto(originOf(2_000))
  expect(await violations(page)).toEqual([])
  await page.close()
  expect(await invalidHtml(await (await fetch(originOf(2_000))).text())).toEqual([])
})

// On a bad line the script comes when the reader has begun to read. It writes times in the reader's own zone: the
// page's has a short name, IST, and that of Nepal a long one.
const READERS = [320, 390, 768, 1280].flatMap((width) => [
  { width, zone: 'UTC', zoneName: 'UTC' },
  { width, zone: 'Asia/Kathmandu', zoneName: 'GMT+5:45' },
])
describe.each(READERS)('a late script, $width px wide, in $zone', ({ zoneName, ...reader }) => {
  test.each(['an open incident', 'promises'])('moves nothing under %s', async (what) => {
    const origin = what === 'promises' ? inject('builtSite').origin : originOf(20)
    const { moves, time } = await movesUnderLateScript(browser, origin, reader)
    expect(time).toMatch(new RegExp(`${RegExp.escape(zoneName)}$`))
    expect(moves).toEqual([])
  })
})

test('what moves is noticed', async () => {
  const page = await browser.newPage()
  await watch(page)
  await page.goto(originOf(20))
  expect((await watched(page)).shifts).toEqual([])
  await page.evaluate(() => document.querySelector('h1')?.prepend(document.createElement('hr')))
  expect((await watched(page)).shifts).toEqual([
    { value: expect.any(Number), moved: expect.arrayContaining([expect.stringContaining('Since')]) },
  ])
  await page.close()
})

function originOf(components: number): string {
  const program = programs.get(components)
  if (program === undefined) throw new Error(`Nothing serves ${components} components.`)
  return program.origin
}

/** A noon in UTC: the newest incident, three hours before, has one date in every zone here. */
function lastNoon(): number {
  return Math.floor((Date.now() - DAY_MS / 2) / DAY_MS) * DAY_MS + DAY_MS / 2
}
