import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { listComponents, updateComponent } from '../../src/domain/components/components.ts'
import { readComponentStatuses } from '../../src/domain/components/impacts.ts'
import { listIncidents } from '../../src/domain/incidents/list-incidents.ts'
import { listMaintenances } from '../../src/domain/maintenance/list-maintenances.ts'
import { getPage } from '../../src/domain/page.ts'
import { readPage as readCachetPage } from '../../src/import/cachet/read-page.ts'
import { importPage } from '../../src/import/import-page.ts'
import { readBackup } from '../../src/import/uptime-kuma/backup.ts'
import { readPage as readKumaPage } from '../../src/import/uptime-kuma/read-page.ts'
import { describe, expect } from '../support/site.ts'
import { V1 } from './cachet-documents.ts'
import { test } from './empty-site.ts'
import { impactsOf } from './impacts-of.ts'
import { WITH_PAGES } from './kuma-backup.ts'

const OPERATOR = { kind: 'operator', id: null, name: 'An operator' } as const

describe('a page that moves in', () => {
  test('from Cachet comes once, however often', async ({ ctx }) => {
    const page = readCachetPage(V1, 'UTC')
    const report = await importPage(ctx, page)
    expect(report.refused).toMatchObject([{ kind: 'maintenance', id: '10' }])
    const components = await listComponents(ctx.read)
    expect(components.map(({ name }) => name)).toEqual(['Ferries', 'Tickets'])
    expect((await listIncidents(ctx.read, {})).map(({ name, status }) => [name, status])).toEqual([
      ['No ferries', 'identified'],
      ['Late ferries', 'resolved'],
    ])
    expect(await impactsOf(ctx)).toEqual([
      ['major_outage', '2026-03-10T08:00:00.000Z', null],
      ['partial_outage', '2026-04-02T04:00:00.000Z', '2026-04-02T06:00:00.000Z'],
    ])
    expect([...(await readComponentStatuses(ctx.read, ctx.now()))]).toEqual([
      [components[0]?.id, 'major_outage'],
    ])
    const { version } = await getPage(ctx.read)
    expect(Object.values((await importPage(ctx, page)).counts).map(({ unchanged }) => unchanged)).toEqual([
      1, 2, 2, 1,
    ])
    expect((await getPage(ctx.read)).version).toBe(version)
  })

  test('from Uptime Kuma comes once, and keeps what was changed here since', async ({ ctx }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'avow-kuma-'))
    const file = path.join(folder, 'backup.json')
    await writeFile(file, JSON.stringify(WITH_PAGES))
    const importing = async () => importPage(ctx, readKumaPage(await readBackup(file), 'UTC'))
    const report = await importing()
    expect(report.page).toEqual([
      'The page is now named “Harbour Line” and its days are those of Asia/Kolkata.',
    ])
    expect(report.refused.map(({ id }) => id)).toEqual(['2', '3'])
    expect((await listMaintenances(ctx.read)).map(({ name, status }) => [name, status])).toEqual([
      ['Next year', 'scheduled'],
      ['New pier', 'completed'],
    ])
    const [ferries] = await listComponents(ctx.read)
    await ctx.write(OPERATOR, (tx) => updateComponent(tx, ferries?.id ?? '', { name: 'Ferries and boats' }))
    const { version } = await getPage(ctx.read)
    expect((await importing()).counts.component).toEqual({ new: 0, 'brought-up-to-date': 0, unchanged: 2 })
    expect((await getPage(ctx.read)).version).toBe(version)

    const renamed = structuredClone(WITH_PAGES)
    const group = renamed.statusPageList[0]?.publicGroupList?.[1]
    if (group !== undefined) group.name = 'On land'
    await writeFile(file, JSON.stringify(renamed))
    expect((await importing()).counts.group).toEqual({ new: 0, 'brought-up-to-date': 1, unchanged: 1 })
    await rm(folder, { recursive: true })
  })
})
