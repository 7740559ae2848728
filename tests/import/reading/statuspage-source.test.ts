import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { readStatuspage } from '../../../src/import/statuspage/source.ts'
import { type Answer, test as base } from './json-server.ts'

type Files = Record<string, string>

const FILES: Files = {
  'components.json': JSON.stringify({ page: { name: 'Harbour Line' }, components: [{ id: 'c1' }] }),
  'incidents.json': JSON.stringify({ incidents: [{ id: 'i1' }] }),
  'scheduled-maintenances.json': JSON.stringify({ page: {}, scheduled_maintenances: [{ id: 'm1' }] }),
}
const DOCUMENTS = {
  page: { name: 'Harbour Line' },
  components: [{ id: 'c1' }],
  incidents: [{ id: 'i1' }],
  maintenances: [{ id: 'm1' }],
  notes: [],
}
/** Nothing is worth waiting for in a test. */
const SOON = { longestWaitMs: 1 }

const test = base.extend<{ folderWith: (files: Files) => Promise<string> }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  folderWith: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'avow-import-'))
    await use(async (files) => {
      for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
      return folder
    })
    await rm(folder, { recursive: true, force: true })
  },
})

const without = (name: string): Files =>
  Object.fromEntries(Object.entries(FILES).filter(([key]) => key !== name))
const onTheWeb = (files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`/api/v2/${name}`, text]))

describe('the documents of a page', () => {
  test('are read from a folder', async ({ folderWith }) => {
    expect(await readStatuspage(await folderWith(FILES))).toEqual(DOCUMENTS)
  })

  test('may lack maintenances and nothing else', async ({ folderWith }) => {
    const folder = await folderWith(without('scheduled-maintenances.json'))
    expect((await readStatuspage(folder)).maintenances).toEqual([])
    const elsewhere = path.join(folder, 'nowhere')
    await expect(readStatuspage(elsewhere)).rejects.toThrow(
      `There is no components.json at ${elsewhere}; the import needs it.`,
    )
  })

  test('without incidents are refused', async ({ serve }) => {
    const { origin } = await serve(onTheWeb(without('incidents.json')))
    await expect(readStatuspage(origin)).rejects.toThrow(
      `There is no incidents.json at ${origin}; the import needs it.`,
    )
  })

  test('behind a closed port are out of reach', async () => {
    await expect(readStatuspage('http://127.0.0.1:1', SOON)).rejects.toThrow(
      'http://127.0.0.1:1/api/v2/components.json cannot be reached.',
    )
  })

  test.for<[string, Answer, string]>([
    ['no JSON', '<html>', 'is not JSON.'],
    ['another document', '{"page": {}}', 'does not hold a list “incidents”.'],
    ['a refusal', (response) => response.writeHead(403).end(), 'answered with status 403.'],
    [
      'half of it',
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('{"incidents"')
        setImmediate(() => response.destroy())
      },
      'broke off in the middle.',
    ],
    [
      'very much',
      (response) => response.writeHead(200).end(Buffer.alloc(17 * 1_024 * 1_024, ' ')),
      'is larger than 16 MB.',
    ],
  ])('of which one is %s are refused', async ([, answer, complaint], { serve }) => {
    const { origin } = await serve({ ...onTheWeb(FILES), '/api/v2/incidents.json': answer })
    await expect(readStatuspage(origin, SOON)).rejects.toThrow(`${origin}/api/v2/incidents.json ${complaint}`)
  })
})

const months = (...codes: string[][]) => ({
  months: codes.map((inMonth) => ({
    name: 'March',
    year: 2026,
    incidents: inMonth.map((code) => ({ code, name: 'Ferries stand still' })),
  })),
})

describe('the history of a live page', () => {
  const served: Record<string, Answer> = {
    ...onTheWeb(FILES),
    '/history.json?page=1': months(['i1', 'm1'], ['i2'], []),
    '/history.json?page=2': months([], [], []),
    '/history.json?page=3': months(['m2', 'i3'], [], []),
    '/incidents/i2.json': { code: 'i2', name: 'Older' },
    '/incidents/i3.json': { id: 'i3', name: 'Oldest' },
    '/incidents/m2.json': { id: 'm2', scheduled_for: '2025-04-02T04:00:00Z' },
  }

  test('comes with it, asked for one by one, whatever page is named', async ({ serve }) => {
    const server = await serve(served)
    const told: number[][] = []
    const documents = await readStatuspage(`${server.origin}/history?page=2`, {
      onProgress: (...progress) => told.push(progress),
    })
    expect(documents).toEqual({
      ...DOCUMENTS,
      incidents: [{ id: 'i1' }, { id: 'i2', code: 'i2', name: 'Older' }, { id: 'i3', name: 'Oldest' }],
      maintenances: [{ id: 'm1' }, { id: 'm2', scheduled_for: '2025-04-02T04:00:00Z' }],
    })
    expect(told).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ])
    expect(server.atOnce).toBe(1)
    expect(new Set(server.asked).size).toBe(server.asked.length)
  })

  test('ends after two quiet years, also where the number of the page is not looked at', async ({
    serve,
  }) => {
    const same = months(['i1'])
    const pages = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`/history.json?page=${index + 1}`, same]),
    )
    const server = await serve({ ...onTheWeb(FILES), ...pages })
    expect(await readStatuspage(server.origin)).toEqual(DOCUMENTS)
    expect(server.asked.filter((path) => path.startsWith('/history'))).toHaveLength(9)
  })

  test('goes on through quiet years where it says which page is next, and stops where that is no later one', async ({
    serve,
  }) => {
    const quiet = Array.from({ length: 12 }, (_, index) => [
      `/history.json?page=${index + 1}`,
      { ...months([]), next_page: index + 2 },
    ])
    const last = { ...months(['i2']), next_page: null }
    const server = await serve({
      ...served,
      ...Object.fromEntries(quiet),
      '/history.json?page=13': last,
    })
    const { incidents, notes } = await readStatuspage(server.origin)
    expect([incidents.length, notes]).toEqual([2, []])
    expect(server.asked.filter((path) => path.startsWith('/history'))).toHaveLength(13)
    // A copy in a folder has one page, whatever is asked for.
    const same = { ...months(['i2']), next_page: 2 }
    const copy = await serve({ ...served, '/history.json?page=1': same, '/history.json?page=2': same })
    expect((await readStatuspage(copy.origin)).notes).toEqual([
      `${copy.origin}/history.json?page=2 is an earlier page again; the history was read no further.`,
    ])
  })

  test('is asked for again when a busy server says so', async ({ serve }) => {
    const refusals = [429, 503]
    const busy: Answer = (response) => {
      const status = refusals.shift()
      if (status === undefined) response.writeHead(200).end(JSON.stringify({ id: 'i2' }))
      else response.writeHead(status, { 'retry-after': '0' }).end()
    }
    const { origin } = await serve({ ...served, '/incidents/i2.json': busy })
    const start = performance.now()
    const { incidents, notes } = await readStatuspage(origin)
    expect(incidents).toContainEqual({ id: 'i2' })
    expect(notes).toEqual([])
    // Left to itself, it waits for one second and then for two.
    expect(performance.now() - start).toBeLessThan(2_500)
  })

  test('says what of it was not to be had', async ({ serve }) => {
    const { origin } = await serve({
      ...served,
      '/history.json?page=3': months(['Shouting', 'i3']),
      '/history.json?page=4': { nothing: 'known' },
      '/incidents/i2.json': '<html>',
      '/incidents/i3.json': (response) => response.writeHead(404).end(),
    })
    expect((await readStatuspage(origin)).notes).toEqual([
      `${origin}/history.json?page=4 does not list months with incidents; the history was read no further.`,
      `i2 of the history was not to be had: ${origin}/incidents/i2.json is not JSON.`,
      'Shouting of the history was not to be had: This is no id.',
      'i3 of the history was not to be had: Its document is not there.',
    ])
    const bare = await serve(onTheWeb(FILES))
    expect((await readStatuspage(bare.origin)).notes).toEqual([
      'The page has no /history.json, so nothing older than its lists was to be had.',
    ])
  })

  test('is given up when its server breaks down', async ({ serve }) => {
    const codes = ['i2', 'i3', 'i4', 'i5', 'i6']
    const broken: Answer = (response) => response.writeHead(502).end()
    const { origin } = await serve({
      ...onTheWeb(FILES),
      '/history.json?page=1': months(codes),
      ...Object.fromEntries(codes.map((code) => [`/incidents/${code}.json`, broken])),
    })
    await expect(readStatuspage(origin, SOON)).rejects.toThrow('/incidents/i6.json answered with status 502.')
  })
})
