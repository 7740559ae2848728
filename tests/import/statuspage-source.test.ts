import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base, describe, expect } from 'vitest'
import { readStatuspage } from '../../src/import/statuspage/source.ts'

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

const test = base.extend<{
  folderWith: (files: Files) => Promise<string>
  originWith: (files: Files) => Promise<string>
}>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  folderWith: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'avow-import-'))
    await use(async (files) => {
      for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text)
      return folder
    })
    await rm(folder, { recursive: true, force: true })
  },
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  originWith: async ({}, use) => {
    let served: Files = {}
    const server = createServer((request, response) => {
      const text = served[request.url?.replace('/api/v2/', '') ?? '']
      response.writeHead(text === undefined ? 404 : text === '' ? 503 : 200, {
        'content-type': 'application/json',
      })
      response.end(text)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    await use(async (files) => {
      served = files
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    })
    server.close()
    server.closeAllConnections()
  },
})

const without = (name: string): Files =>
  Object.fromEntries(Object.entries(FILES).filter(([key]) => key !== name))

describe('the documents of a page', () => {
  test('are read from a folder', async ({ folderWith }) => {
    expect(await readStatuspage(await folderWith(FILES))).toEqual(DOCUMENTS)
  })

  test('are read from an origin, whatever page of it is named', async ({ originWith }) => {
    const origin = await originWith(FILES)
    expect(await readStatuspage(origin)).toEqual(DOCUMENTS)
    expect(await readStatuspage(`${origin}/history?page=2`)).toEqual(DOCUMENTS)
  })

  test('may lack maintenances and nothing else', async ({ folderWith }) => {
    const folder = await folderWith(without('scheduled-maintenances.json'))
    expect((await readStatuspage(folder)).maintenances).toEqual([])
    const elsewhere = path.join(folder, 'nowhere')
    await expect(readStatuspage(elsewhere)).rejects.toThrow(
      `There is no components.json at ${elsewhere}; the import needs it.`,
    )
  })

  test('without incidents are refused', async ({ originWith }) => {
    const origin = await originWith(without('incidents.json'))
    await expect(readStatuspage(origin)).rejects.toThrow(
      `There is no incidents.json at ${origin}; the import needs it.`,
    )
  })

  test.for([
    ['<html>', 'is not JSON.'],
    ['{"page": {}}', 'does not hold a list “incidents”.'],
    ['', 'answered with status 503.'],
  ] as const)('of which one reads %s are refused', async ([text, complaint], { originWith }) => {
    const origin = await originWith({ ...FILES, 'incidents.json': text })
    await expect(readStatuspage(origin)).rejects.toThrow(`${origin}/api/v2/incidents.json ${complaint}`)
  })

  test('behind a closed port are out of reach', async () => {
    await expect(readStatuspage('http://127.0.0.1:1')).rejects.toThrow(
      'http://127.0.0.1:1/api/v2/components.json cannot be reached.',
    )
  })
})
