import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { prepareContext } from '../../src/context.ts'
import { createComponent } from '../../src/domain/components/components.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { cancelMaintenance } from '../../src/domain/maintenance/post-update.ts'
import { scheduleMaintenance } from '../../src/domain/maintenance/schedule-maintenance.ts'
import { HOUR_MS } from '../../src/lib/instant.ts'
import { runAvow } from '../commands/run-avow.ts'
import { testConfig } from '../support/test-config.ts'

// The real command, with what the build has made.

let folder: string
let settings: Record<string, string>
let maintenances: { planned: string; cancelled: string }

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'avow-export-'))
  settings = {
    AVOW_DATABASE: `file:${path.join(folder, 'avow.db')}`,
    AVOW_URL: 'https://status.ledgerlane.example',
  }
  const ctx = await prepareContext(testConfig(settings.AVOW_DATABASE ?? ''))
  await ctx.write({ kind: 'operator', id: null, name: 'a test' }, async (tx) => {
    const id = await createComponent(tx, { name: 'Checkout' })
    const incidentId = await openIncident(tx, {
      name: 'Payments failed',
      body: 'We looked into it.',
      components: { [id]: 'partial_outage' },
    })
    await postIncidentUpdate(tx, incidentId, { status: 'resolved', body: 'It works again.' })
    const plan = { body: 'Nothing stops.', components: { [id]: 'under_maintenance' as const } }
    const window = { scheduled_for: tx.now + HOUR_MS, scheduled_until: tx.now + 2 * HOUR_MS }
    const planned = await scheduleMaintenance(tx, { name: 'New disks', ...plan, ...window })
    const cancelled = await scheduleMaintenance(tx, { name: 'Old disks', ...plan, ...window })
    await cancelMaintenance(tx, cancelled, {})
    maintenances = { planned, cancelled }
  })
  await ctx.close()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function filesIn(name: string): Promise<Map<string, string>> {
  const root = path.join(folder, name)
  const entries = (await readdir(root, { recursive: true, withFileTypes: true })).filter((it) => it.isFile())
  const files = entries.map(({ parentPath, name }) => path.join(parentPath, name)).sort()
  return new Map(
    await Promise.all(
      files.map(async (file) => [path.relative(root, file), await readFile(file, 'latin1')] as const),
    ),
  )
}

describe('exporting the page', () => {
  test('twice gives the same files, byte for byte', async () => {
    const exported = async (name: string) => runAvow(['export', path.join(folder, name)], settings)
    const one = await exported('one')
    expect([one.code, one.stdout]).toEqual([
      0,
      expect.stringMatching(/^\d+ files in .+, \d+ of them new or changed\.\n$/),
    ])
    expect((await exported('other')).code).toBe(0)
    const [files, others] = [await filesIn('one'), await filesIn('other')]
    expect([...others.keys()]).toEqual([...files.keys()])
    expect([...files].filter(([name, bytes]) => others.get(name) !== bytes).map(([name]) => name)).toEqual([])
    expect(files.get('index.html')).toContain('Payments failed')
    // Maintenances also stand where their links led before the page moved here.
    const { planned, cancelled } = maintenances
    for (const id of [planned, cancelled])
      expect(files.get(`incidents/${id}/index.html`)).toContain(`/maintenance/${id}">`)
    expect(files.get(`incidents/${planned}.json`)).toContain('"scheduled_until"')
    expect(files.has(`incidents/${cancelled}.json`)).toBe(false)
    // Again into the same folder, nothing has to be written.
    expect((await exported('one')).stdout).toContain(', 0 of them new or changed.')
  })

  test('is refused into a folder that has other things in it', async () => {
    await writeFile(path.join(folder, 'precious.txt'), 'mine')
    expect(await runAvow(['export', folder], settings)).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `${folder} has other things in it; name an empty folder, or one that Avow has filled.\n`,
    })
  })
})
