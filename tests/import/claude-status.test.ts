import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AppContext, openContext } from '../../src/context.ts'
import { listComponents } from '../../src/domain/components/components.ts'
import { listImpacts } from '../../src/domain/components/impacts.ts'
import { type DayRecord, dayRecords } from '../../src/domain/components/uptime.ts'
import { getPage } from '../../src/domain/page.ts'
import { importStatuspage } from '../../src/import/statuspage/import-statuspage.ts'
import { readStatuspage } from '../../src/import/statuspage/source.ts'
import { datesOfMonth, daysBetween } from '../../src/lib/dates.ts'
import { SECOND_MS } from '../../src/lib/instant.ts'
import { createWeb } from '../../src/web.ts'
import { stillClock } from '../support/clock.ts'
import { copyTemplate } from '../support/databases.ts'
import { testConfig } from '../support/test-config.ts'
import { differencesOf } from './differences.ts'

/** A capture of a real page, which stands beside the project on some machines and is no part of it. */
const CAPTURE = path.resolve('../shared/data/claude-status')

/** Long after all that is imported. */
const NOW = '2026-11-12T12:00:00+05:30'

const TOLERANCE_SECONDS = 60

/** Where the 50 newest incidents say another thing here than there, and why. Nothing else differs. */
const EXPLAINED = {
  shortlink: 'It leads to the page that publishes the incident now.',
  started_at: 'It is the time shown at the first update; the source keeps one beside, which people may set.',
  reminder_intervals: 'Staff are not reminded here; there it is an empty list, written as a text.',
  sla: 'It is ours.',
  'incident_updates.wants_twitter_update': 'It is no more in the dialect.',
  'incident_updates.twitter_updated_at': 'It is no more in the dialect.',
  components: 'An update names a component that the source has taken from its incident since.',
  'components.updated_at': 'It is that of components.json, which is newer than the incident’s document.',
  'components.start_date': 'It is a date; within this document the source writes an instant.',
  'components.group': 'It stands on every component.',
  'components.only_show_if_degraded': 'It stands on every component.',
}

type PublishedMonths = Record<
  string,
  { name: string; months: { key: string; partial_seconds: number; major_seconds: number }[] }
>

describe.skipIf(!existsSync(CAPTURE))('a real page of three years (skipped without its capture)', () => {
  let ctx: AppContext
  let remove: () => Promise<void>
  let documents: Awaited<ReturnType<typeof readStatuspage>>
  let first: Awaited<ReturnType<typeof importStatuspage>>
  beforeAll(async () => {
    const database = await copyTemplate()
    remove = database.remove
    ctx = openContext(testConfig(database.url), { now: stillClock(NOW).now })
    documents = await readStatuspage(CAPTURE)
    const start = performance.now()
    first = await importStatuspage(ctx, documents)
    const seconds = (performance.now() - start) / SECOND_MS
    console.info(`698 incidents with 2,216 updates came in within ${seconds.toFixed(1)} s.`)
  }, 120_000)
  afterAll(async () => {
    await ctx.close()
    await remove()
  })

  test('comes in whole, and a second time changes nothing', { timeout: 120_000 }, async () => {
    expect(first.refused).toEqual([])
    expect(first.counts.component.new).toBe(6)
    expect(first.counts.incident.new).toBe(698)
    expect(first.counts.maintenance.new).toBe(2)
    expect(await countUpdates(ctx.read)).toBe(2_216)

    const before = await getPage(ctx.read)
    const second = await importStatuspage(ctx, documents)
    expect(second.counts.incident).toEqual({ new: 0, 'brought-up-to-date': 0, unchanged: 698 })
    expect(await getPage(ctx.read)).toEqual(before)
    expect(await ctx.read.selectFrom('impact').select('id').where('until_at', 'is', null).execute()).toEqual(
      [],
    )
  })

  test('says of its 50 newest incidents here what it said there', async () => {
    const answer = await createWeb(ctx).request('/api/v2/incidents.json')
    const ours: { incidents: object[] } = await answer.json()
    const differences = differencesOf(
      { incidents: documents.incidents.slice(0, 50) },
      { incidents: ours.incidents },
    )
    expect([...differences.keys()].toSorted()).toEqual(
      Object.keys(EXPLAINED)
        .map((key) => `incidents.${key}`)
        .toSorted(),
    )
    const setByHand = (differences.get('incidents.started_at') ?? []).filter(
      ([theirs, here]) => Math.abs(Date.parse(here) - Date.parse(theirs)) > SECOND_MS,
    )
    expect(setByHand.map(([theirs]) => theirs)).toEqual(['2026-04-04T18:24:55.212Z'])
  })

  test('gives back the uptime that the page itself published', async () => {
    const published: PublishedMonths = JSON.parse(
      await readFile(path.join(CAPTURE, 'published-uptime-to-2025-06.json'), 'utf8'),
    )
    const impacts = await listImpacts(ctx.read, { from: 0, until: ctx.now() })
    const { timeZone } = await getPage(ctx.read)
    const months = (await listComponents(ctx.read)).flatMap((component) =>
      (published[component.id]?.months ?? []).map((month) => {
        const { first, last } = datesOfMonth(month.key)
        const days = dayRecords(
          impacts.filter((impact) => impact.componentId === component.id),
          daysBetween(first, last, timeZone),
          { startOn: component.startOn ?? '2000-01-01', now: ctx.now() },
        )
        return {
          name: `${component.name} ${month.key}`,
          quiet: month.partial_seconds + month.major_seconds === 0,
          partialOff: sumOf(days, 'partialSeconds') - month.partial_seconds,
          majorOff: sumOf(days, 'majorSeconds') - month.major_seconds,
          daysDown: days.filter((day) => day.partialSeconds + day.majorSeconds > 0).length,
        }
      }),
    )
    const differing = months.filter(
      ({ partialOff, majorOff }) => Math.max(Math.abs(partialOff), Math.abs(majorOff)) > TOLERANCE_SECONDS,
    )
    const agreeing = months.filter((month) => !differing.includes(month))
    const daysDown = months.reduce((sum, month) => sum + month.daysDown, 0)
    // The source publishes months alone, so days have bounds only: of a month that differs at least one day does,
    // and at most all.
    const daysAtBest = daysDown - differing.length
    const daysAtWorst = agreeing.reduce((sum, month) => sum + month.daysDown, 0)
    console.info(
      [
        `Months that agree within ${TOLERANCE_SECONDS} s: ${agreeing.length} of ${months.length}; of those with downtime ` +
          `${agreeing.filter((month) => !month.quiet).length} of ${months.filter((month) => !month.quiet).length}.`,
        `Days with downtime in months that agree: ${daysAtWorst} of ${daysDown}; days that agree at best: ${daysAtBest}.`,
        ...differing.map(
          (month) =>
            `  ${month.name}: partial ${signed(month.partialOff)} s, major ${signed(month.majorOff)} s`,
        ),
      ].join('\n'),
    )
    expect(agreeing.length).toBeGreaterThanOrEqual(58)
    expect(daysAtBest / daysDown).toBeGreaterThanOrEqual(5 / 6)
  })
})

function sumOf(days: DayRecord[], key: 'partialSeconds' | 'majorSeconds'): number {
  return days.reduce((sum, day) => sum + day[key], 0)
}

function signed(seconds: number): string {
  return seconds > 0 ? `+${seconds}` : String(seconds)
}

async function countUpdates(reader: Parameters<typeof getPage>[0]): Promise<number> {
  return (
    await reader.selectFrom('status_update').select('id').where('incident_id', 'is not', null).execute()
  ).length
}
