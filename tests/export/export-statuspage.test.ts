import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type AppContext, openContext } from '../../src/context.ts'
import { createComponentGroup } from '../../src/domain/components/component-groups.ts'
import { archiveComponent, createComponent } from '../../src/domain/components/components.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { editIncidentUpdate, postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { cancelMaintenance, postMaintenanceUpdate } from '../../src/domain/maintenance/post-update.ts'
import { scheduleMaintenance } from '../../src/domain/maintenance/schedule-maintenance.ts'
import { getPage, updatePage } from '../../src/domain/page.ts'
import { exportStatuspage } from '../../src/export/export-statuspage.ts'
import { importStatuspage } from '../../src/import/statuspage/import-statuspage.ts'
import { readStatuspage } from '../../src/import/statuspage/source.ts'
import { HOUR_MS, MINUTE_MS } from '../../src/lib/instant.ts'
import { startJsonServer } from '../import/reading/json-server.ts'
import { documents, outage } from '../import/statuspage-documents.ts'
import { copyTemplate } from '../support/databases.ts'
import { buildPublicWorld } from '../support/public-world.ts'
import { serveWeb } from '../support/serve-web.ts'
import { test as base, describe, expect, type Site } from '../support/site.ts'
import { testConfig } from '../support/test-config.ts'
import { asStatuspage } from './as-statuspage.ts'

/** A folder that is not there yet, and another page that nobody has touched. */
const test = base.extend<{ folder: string; elsewhere: AppContext }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'avow-export-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
  elsewhere: async ({ site }, use) => {
    const { url, remove } = await copyTemplate()
    const ctx = openContext(testConfig(url), { now: () => site.clock.now() + HOUR_MS })
    await use(ctx)
    await ctx.close()
    await remove()
  },
})

/** A page with something of everything: posted, back-dated, edited, imported, planned, done, called off, taken off. */
async function livelyPage(site: Site): Promise<void> {
  const write: Parameters<typeof buildPublicWorld>[0] = (work) => site.as('responder', work)
  const world = await buildPublicWorld(write)
  const [checkout = '', reports = ''] = world.components
  await write((tx) => updatePage(tx, { name: 'Ledger Lane status', time_zone: 'Europe/Lisbon' }))
  // More than are read at once.
  const older = Array.from({ length: 51 }, (_, index) => outage(`older${index}`))
  await importStatuspage(site.ctx, documents({ page: {}, incidents: older }))
  site.clock.advance({ minutes: 5 })
  await write(async (tx) => {
    await editIncidentUpdate(tx, world.incidents.open, world.update, {
      body: 'The *cause* is known: “<fog>”.',
    })
    await postIncidentUpdate(tx, world.incidents.resolved, {
      ...{ status: 'resolved', body: 'Told later.', display_at: tx.now - 30 * MINUTE_MS },
    })
    await archiveComponent(tx, reports)
    await createComponentGroup(tx, { name: 'Nobody yet' })
    await createComponent(tx, { name: 'Quiet', description: 'It only works.', only_show_if_degraded: true })
    const scheduled_for = tx.now + HOUR_MS
    const plan = { scheduled_for, scheduled_until: scheduled_for + HOUR_MS, body: 'It is planned.' }
    const components = { [checkout]: 'under_maintenance' as const }
    const done = await scheduleMaintenance(tx, { ...plan, name: 'Done', components })
    await postMaintenanceUpdate(tx, done, { status: 'in_progress', body: 'It begins.' })
    await postMaintenanceUpdate(tx, done, { status: 'verifying', body: 'We look at it.' })
    await postMaintenanceUpdate(tx, done, { status: 'completed', body: 'It is done.' })
    const running = await scheduleMaintenance(tx, { ...plan, name: 'Running', components })
    await postMaintenanceUpdate(tx, running, { status: 'in_progress', body: 'It begins.' })
    await cancelMaintenance(tx, await scheduleMaintenance(tx, { ...plan, name: 'Cancelled' }), {})
    await openIncident(tx, {
      name: 'Nothing named',
      body: 'Some emails are late.',
      impact_override: 'critical',
    })
  })
}

const textsIn = async (folder: string) =>
  Object.fromEntries(
    await Promise.all(
      (await readdir(folder))
        .toSorted()
        .map(async (name) => [name, await readFile(path.join(folder, name), 'utf8')] as const),
    ),
  )

describe('the documents of a page that moves out', () => {
  test('make the same page elsewhere, to the byte, when they are served as Statuspage serves its own', async ({
    site,
    elsewhere,
    folder,
  }) => {
    await livelyPage(site)
    const count = await exportStatuspage(site.ctx, folder)
    expect(count).toEqual({ components: 8, incidents: 54, maintenances: 3, cancelled: 1 })
    const left = await textsIn(folder)
    expect(Object.keys(left)).toEqual(['components.json', 'incidents.json', 'scheduled-maintenances.json'])

    const server = await startJsonServer(asStatuspage(left, new Date(site.clock.now())))
    const moved = await importStatuspage(elsewhere, await readStatuspage(server.origin))
    server.close()
    expect(moved).toMatchObject({ refused: [], notes: [] })
    await exportStatuspage(elsewhere, folder)
    expect(await textsIn(folder)).toEqual(left)

    const { version } = await getPage(elsewhere.read)
    await importStatuspage(elsewhere, await readStatuspage(folder))
    expect((await getPage(elsewhere.read)).version).toBe(version)
  })

  test('make the same page elsewhere when they are read one by one from where it runs', async ({
    site,
    elsewhere,
    folder,
  }) => {
    await livelyPage(site)
    await site.as('responder', async (tx) => {
      // Long before all else, and more to come than any list holds.
      const display_at = tx.now - 5 * 365 * 24 * HOUR_MS
      await openIncident(tx, { name: 'The first', body: 'Over.', status: 'resolved', display_at })
      for (let week = 1; week <= 52; week += 1) {
        const scheduled_for = tx.now + week * 7 * 24 * HOUR_MS
        const scheduled_until = scheduled_for + HOUR_MS
        await scheduleMaintenance(tx, { name: `Week ${week}`, body: 'Soon.', scheduled_for, scheduled_until })
      }
    })
    await exportStatuspage(site.ctx, folder)
    const left = await textsIn(folder)
    const server = await serveWeb(site.web)
    const moved = await importStatuspage(elsewhere, await readStatuspage(server.origin))
    server.close()
    expect(moved).toMatchObject({ refused: [], notes: [] })
    expect([moved.counts.incident.new, moved.counts.maintenance.new]).toEqual([55, 55])
    await exportStatuspage(elsewhere, folder)
    expect(await textsIn(folder)).toEqual(left)
  })

  test('hold what everybody may read, and no promise', async ({ site, folder }) => {
    await livelyPage(site)
    await exportStatuspage(site.ctx, folder)
    const { incidents } = JSON.parse((await textsIn(folder))['incidents.json'] ?? '')
    const answer = await site.web.request('/api/v2/incidents.json')
    const listed: { incidents: { sla?: unknown }[] } = await answer.json()
    for (const incident of listed.incidents) delete incident.sla
    expect(incidents.slice(0, 50)).toEqual(listed.incidents)
    for (const name of ['components', 'scheduled-maintenances']) {
      const { page, ...here } = JSON.parse((await textsIn(folder))[`${name}.json`] ?? '')
      const { page: now, ...there } = await (await site.web.request(`/api/v2/${name}.json`)).json()
      expect([here, { ...page, updated_at: now.updated_at }]).toEqual([there, now])
    }
  })

  test('go into a folder of their own', async ({ site, folder }) => {
    await writeFile(path.join(folder, 'letter.txt'), 'Not yours.')
    await expect(exportStatuspage(site.ctx, folder)).rejects.toThrow(
      `${folder} has other things in it; name an empty folder, or one of an earlier export.`,
    )
    const empty = path.join(folder, 'new')
    await exportStatuspage(site.ctx, empty)
    expect(JSON.parse((await textsIn(empty))['incidents.json'] ?? '')).toMatchObject({ incidents: [] })
  })
})
