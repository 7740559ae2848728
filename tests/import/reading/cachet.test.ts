import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect } from 'vitest'
import { readPage } from '../../../src/import/cachet/read-page.ts'
import { readCachet } from '../../../src/import/cachet/source.ts'
import type { Reading } from '../../../src/import/imported-page.ts'
import { toIso } from '../../../src/lib/instant.ts'
import { V1, v1Page, v3Page } from '../cachet-documents.ts'
import { type Answer, test } from './json-server.ts'

const ALL = 'per_page=100&page=1'
const onV1: Record<string, Answer> = {
  '/api/v1/components?per_page=1': v1Page(V1.components.slice(0, 1), 1, 4),
  [`/api/v1/components?${ALL}`]: v1Page(V1.components.slice(0, 2), 1, 2),
  '/api/v1/components?per_page=100&page=2': v1Page(V1.components.slice(2), 2, 2),
  [`/api/v1/components/groups?${ALL}`]: v1Page(V1.groups),
  [`/api/v1/incidents?${ALL}`]: v1Page(V1.incidents),
  [`/api/v1/schedules?${ALL}`]: v1Page(V1.schedules),
}
const WITH = 'include=components,updates&'
const onV3: Record<string, Answer> = {
  [`/api/components?include=group&${ALL}`]: v3Page('components', V1.components.slice(0, 2), 'page=2'),
  '/api/components?include=group&per_page=100&page=2': v3Page('components', V1.components.slice(2)),
  [`/api/component-groups?${ALL}`]: v3Page('componentGroups', V1.groups),
  [`/api/incidents?${WITH}${ALL}`]: v3Page('incidents', V1.incidents),
  [`/api/schedules?${WITH}${ALL}`]: v3Page('schedules', V1.schedules),
}

const recordsOf = <Record>(readings: Reading<Record>[]) =>
  readings.flatMap((reading) => ('record' in reading ? [reading.record] : []))

describe('a page of Cachet', () => {
  test.for([
    ['2', onV1],
    ['3', onV3],
  ] as const)('of version %s is read page by page', async ([version, answers], { serve }) => {
    const server = await serve(answers)
    const page = readPage(await readCachet(`${server.origin}/dashboard`), 'Asia/Kolkata')
    expect(server.atOnce).toBe(1)

    expect(recordsOf(page.groups).map(({ name, position }) => [name, position])).toEqual([['Islands', 1]])
    const [ferries, tickets] = recordsOf(page.components)
    expect(page.components).toHaveLength(2)
    expect(ferries).toMatchObject({
      name: 'Ferries',
      description: 'All of them',
      groupId: recordsOf(page.groups)[0]?.id,
      createdAt: Date.parse('2024-01-01T08:00:00+05:30'),
    })
    expect(tickets).toMatchObject({ name: 'Tickets', groupId: null, position: 4 })

    const [open, over] = recordsOf(page.incidents)
    expect(open?.updates.map(({ status, body, displayAt }) => [status, body, toIso(displayAt)])).toEqual([
      ['investigating', 'Nothing leaves the harbour.', '2026-03-10T02:30:00.000Z'],
      ['identified', 'It is the fog.', '2026-03-10T03:30:00.000Z'],
    ])
    expect(open?.updates[0]?.components).toEqual([
      { componentId: ferries?.id, name: 'Ferries', oldStatus: 'operational', newStatus: 'major_outage' },
    ])
    expect(over?.updates.map(({ status }) => status)).toEqual(['investigating', 'monitoring', 'resolved'])
    expect(over?.updates.flatMap(({ components }) => components.map((one) => one.newStatus))).toEqual([
      'operational',
    ])

    const [pier] = recordsOf(page.maintenances)
    // Version 3 does not tell how badly a schedule affects its components.
    const level = version === '2' ? 'partial_outage' : 'under_maintenance'
    expect(pier?.components).toEqual([{ componentId: ferries?.id, name: 'Ferries', level }])
    expect(pier?.updates.map(({ status, displayAt }) => [status, toIso(displayAt)])).toEqual([
      ['scheduled', '2026-04-01T02:30:00.000Z'],
      ['in_progress', '2026-04-01T22:30:00.000Z'],
      ['completed', '2026-04-02T00:30:00.000Z'],
    ])
    expect(page.maintenances.at(-1)).toEqual({
      id: '10',
      refusal: 'It has no “completed_at”, and a maintenance needs an end.',
    })
    expect(page.notes).toEqual([
      'Times without a zone were read as those of Asia/Kolkata.',
      '2 components are disabled or in a hidden group there and left out.',
      '1 incident is hidden there and left out.',
      'Tickets is at degraded_performance there and no open incident says why: here it works.',
      'Metrics, subscribers, templates, tags and users of Cachet have no counterpart here.',
    ])
  })

  test('is the same from a folder with what its API answered', async ({ serve }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'avow-cachet-'))
    const { components, incidents, groups, schedules } = V1
    for (const [name, list] of Object.entries({ components, incidents, groups, schedules }))
      await writeFile(path.join(folder, `${name}.json`), JSON.stringify(v1Page(list)))
    const { origin } = await serve(onV1)
    expect(await readCachet(folder)).toEqual(await readCachet(origin))
    await rm(path.join(folder, 'incidents.json'))
    await expect(readCachet(folder)).rejects.toThrow(`There is no incidents.json at ${folder}`)
    await rm(folder, { recursive: true })
  })

  test('before 2.4 has the updates of each incident apart', async ({ serve }) => {
    const [incident] = V1.incidents
    const { updates, ...bare } = incident ?? { updates: [] }
    const { origin } = await serve({
      ...onV1,
      [`/api/v1/incidents?${ALL}`]: v1Page([bare]),
      [`/api/v1/incidents/7/updates?${ALL}`]: v1Page(updates),
    })
    const told: number[][] = []
    const documents = await readCachet(origin, { onProgress: (...progress) => told.push(progress) })
    expect([documents.incidents, told]).toEqual([[{ ...bare, updates }], [[1, 1]]])
  })

  test('is asked with the token, where there is one', async ({ serve }) => {
    const tokens = new Set<unknown>()
    const answers = Object.entries(onV3).map(([path, answer]): [string, Answer] => [
      path,
      (response, { headers }) => {
        tokens.add(headers.authorization)
        tokens.add(headers['x-cachet-token'])
        response.writeHead(200).end(JSON.stringify(answer))
      },
    ])
    const { origin } = await serve(Object.fromEntries(answers))
    await readCachet(origin, { token: 'abc' })
    expect([...tokens]).toEqual(['Bearer abc', 'abc'])
  })

  test('that sends elsewhere is not followed there with a token', async ({ serve }) => {
    const elsewhere = await serve(onV1)
    const { origin } = await serve({
      '/api/v1/components?per_page=1': (response, { url }) =>
        response.writeHead(302, { location: `${elsewhere.origin}${url}` }).end(),
    })
    await expect(readCachet(origin, { token: 'abc', longestWaitMs: 1 })).rejects.toThrow('cannot be reached')
    expect(elsewhere.asked).toEqual([])
  })

  test('that is none says what was looked for', async ({ serve }) => {
    const { origin } = await serve({})
    await expect(readCachet(origin)).rejects.toThrow(
      `${origin} has neither /api/v1/components nor /api/components.`,
    )
  })
})
