import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildScenario, type ScenarioSize } from '../../bench/scenario.ts'
import { openContext } from '../../src/context.ts'
import { readHome } from '../../src/domain/status-page/read-home.ts'
import type { HomeView } from '../../src/domain/status-page/views.ts'
import { DAY_MS } from '../../src/lib/instant.ts'
import { testConfig } from '../support/test-config.ts'

const NOW = Date.parse('2026-11-25T12:00:00Z')

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'avow-scenario-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('a page of a given size', () => {
  test('has so many components, days and incidents, of which the newest is not over', async () => {
    const { home, rows } = await built('small.db', { components: 24, days: 90, incidents: 30 })
    const sections = sectionsInFull(home)
    expect(sections.map(({ components }) => components.length)).toEqual([10, 10, 4])
    expect(rows.incidents.length).toBe(30)
    expect(rows.incidents.filter(({ resolved_at }) => resolved_at === null).length).toBe(1)
    expect(home.headline.incident?.incident.startedAt).toBeGreaterThan(NOW - DAY_MS)
    expect(rows.incidents[0]?.started_at).toBeLessThan(NOW - 85 * DAY_MS)
    for (const { components } of sections)
      for (const { bars } of components)
        expect(bars?.filter(({ status }) => status === 'no_data')).toEqual([])
  })

  test('has every update at its own moment, one after the other', async () => {
    const { rows } = await built('moments.db', { components: 10, days: 10, incidents: 200 })
    expect(rows.events.length).toBeGreaterThan(790)
    expect(rows.events.map(({ at }) => at)).toEqual(rows.events.map(({ at }) => at).sort((a, b) => a - b))
    expect(rows.events.at(-1)?.at).toBeLessThanOrEqual(NOW)
  })

  test('comes out the same each time, apart from ids', async () => {
    const size = { components: 20, days: 30, incidents: 10 }
    const [one, other] = [await built('one.db', size), await built('other.db', size)]
    expect(one.rows.incidents.length).toBe(10)
    expect(other.rows.incidents).toEqual(one.rows.incidents)
    const uptimes = [one, other].map(({ home }) =>
      sectionsInFull(home).map((section) => section.components.map(({ uptimeRatio }) => uptimeRatio)),
    )
    expect(uptimes[1]).toEqual(uptimes[0])
  })
})

function sectionsInFull({ components }: HomeView) {
  if (components.areMany) throw new Error('They are too many to be shown in full.')
  return components.sections
}

async function built(file: string, size: ScenarioSize) {
  const config = testConfig(`file:${path.join(folder, file)}`)
  await buildScenario(config, { ...size, now: NOW })
  const ctx = openContext(config, { now: () => NOW })
  try {
    return {
      home: await readHome(ctx.read, { url: config.url, now: NOW }),
      rows: {
        incidents: await ctx.read
          .selectFrom('incident')
          .select(['name', 'started_at', 'resolved_at'])
          .orderBy('started_at')
          .execute(),
        events: await ctx.read
          .selectFrom('event')
          .select('at')
          .where('type', 'like', 'incident.%')
          .orderBy('id')
          .execute(),
      },
    }
  } finally {
    await ctx.close()
  }
}
