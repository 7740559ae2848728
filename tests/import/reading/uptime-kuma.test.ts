import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base, describe, expect } from 'vitest'
import type { Reading } from '../../../src/import/imported-page.ts'
import { readBackup } from '../../../src/import/uptime-kuma/backup.ts'
import { readPage } from '../../../src/import/uptime-kuma/read-page.ts'
import { toIso } from '../../../src/lib/instant.ts'
import { NO_FERRIES, SETTINGS_ALONE, WITH_PAGES } from '../kuma-backup.ts'

const MADE_AT = new Date('2026-05-01T00:00:00Z')

const test = base.extend<{ save: (backup: unknown) => string }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the fixtures that one depends on from this pattern
  save: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'avow-kuma-'))
    await use((backup) => {
      const file = path.join(folder, 'backup.json')
      writeFileSync(file, typeof backup === 'string' ? backup : JSON.stringify(backup))
      utimesSync(file, MADE_AT, MADE_AT)
      return file
    })
    rmSync(folder, { recursive: true })
  },
})

const recordsOf = <Record>(readings: Reading<Record>[]) =>
  readings.flatMap((reading) => ('record' in reading ? [reading.record] : []))

describe('a backup of Uptime Kuma', () => {
  test('without status pages has its active monitors, and no word of what they watch', async ({ save }) => {
    const page = readPage(await readBackup(save(SETTINGS_ALONE)), 'UTC')
    const [islands] = recordsOf(page.groups)
    expect(recordsOf(page.groups).map(({ name }) => name)).toEqual(['Islands', 'Piers'])
    expect(recordsOf(page.components).map(({ name, groupId }) => [name, groupId])).toEqual([
      ['Ferries', islands?.id],
      ['Tickets', null],
    ])
    expect(JSON.stringify(page)).not.toMatch(/10\.0\.0\.7|secret/)
    expect(page.notes).toEqual([
      'Paused there and left out: Old tram.',
      'In no other group any more: Piers.',
      'The backup does not say which monitors are public: archive those that are not for everybody.',
      'Without a counterpart here: notifications (1).',
    ])
  })

  test('with status pages has what they show', async ({ save }) => {
    const page = readPage(await readBackup(save(WITH_PAGES)), 'UTC')
    expect(page.settings).toEqual({ name: 'Harbour Line' })
    const [islands, ashore] = recordsOf(page.groups)
    expect(recordsOf(page.components).map(({ name, groupId }) => [name, groupId])).toEqual([
      ['Ferries', islands?.id],
      ['Tickets', ashore?.id],
    ])
    expect(JSON.stringify(page)).not.toMatch(/Billing|Not for everybody/)
    expect(page.notes).toEqual([
      'Not published there and left out: Drafts.',
      'On no status page there and left out: 1 of 3 monitors.',
      'Without a counterpart here: heartbeats (2).',
    ])
  })

  test('has incidents by their pin and colour', async ({ save }) => {
    const [late, fog] = recordsOf(readPage(await readBackup(save(WITH_PAGES)), 'UTC').incidents).toSorted(
      (a, b) => a.createdAt - b.createdAt,
    )
    expect([fog?.impact, late?.impact]).toEqual(['major', 'none'])
    const odd = { ...SETTINGS_ALONE, incidentList: [{ ...NO_FERRIES, style: 'constructor' }] }
    const { incidents } = readPage(await readBackup(save(odd)), 'UTC')
    expect(recordsOf(incidents).map(({ impact }) => impact)).toEqual(['none'])
    expect(fog?.updates.map(({ status, body }) => [status, body])).toEqual([
      ['investigating', 'It is the **fog**.'],
    ])
    expect(late?.updates.map(({ status, displayAt }) => [status, toIso(displayAt)])).toEqual([
      ['investigating', '2025-11-03T06:00:00.000Z'],
      ['resolved', '2025-11-03T09:00:00.000Z'],
    ])
  })

  test('has maintenances with a window of their own, in their zone', async ({ save }) => {
    const { maintenances, components } = readPage(await readBackup(save(WITH_PAGES)), 'America/New_York')
    const [pier, nextYear] = recordsOf(maintenances)
    const [ferries] = recordsOf(components)
    expect(pier?.updates.map(({ status, displayAt }) => [status, toIso(displayAt)])).toEqual([
      ['scheduled', '2026-04-01T22:30:00.000Z'],
      ['in_progress', '2026-04-01T22:30:00.000Z'],
      ['completed', '2026-04-02T00:30:00.000Z'],
    ])
    expect(pier?.components).toEqual([
      { componentId: ferries?.id, name: 'Ferries', level: 'under_maintenance' },
    ])
    expect(toIso(nextYear?.scheduledFor ?? 0)).toBe('2027-04-02T08:00:00.000Z')
    // Told before the backup was made, and not on the day itself.
    expect(nextYear?.createdAt).toBe(MADE_AT.getTime())
    expect(maintenances.flatMap((one) => ('refusal' in one ? [[one.id, one.refusal]] : []))).toEqual([
      ['2', 'It is repeated (recurring-interval): schedule each time here.'],
      ['3', 'It is switched by hand and has no window.'],
    ])
  })

  test('says what of it was not understood, and of several pages what became of them', async ({ save }) => {
    const odd = {
      ...WITH_PAGES,
      ...{ incidentList: 'x', tagList: [1, 2] },
      statusPageList: [
        { ...WITH_PAGES.statusPageList[0], incidents: 'x' },
        { title: 'Depot', maintenanceList: 7 },
        'nonsense',
      ],
    }
    expect(readPage(await readBackup(save(odd)), 'UTC').notes).toEqual([
      'Not understood and left out: “incidentList” of the backup.',
      'Not understood and left out: “incidents” of Harbour Line.',
      'Not understood and left out: “maintenanceList” of Depot.',
      'Not understood and left out: a status page.',
      'On no status page there and left out: 1 of 3 monitors.',
      'One page is made of several: Harbour Line, Depot.',
      'Without a counterpart here: heartbeats (2), “tagList” (2).',
    ])
  })

  test.for([
    ['{"statusPageList": []}', 'is no backup of Uptime Kuma: it has no “monitorList”.'],
    ['{"monitorList": [{"id": 1,', 'is not JSON.'],
  ])('that is %s is refused', async ([text, complaint], { save }) => {
    const file = save(text)
    await expect(readBackup(file)).rejects.toThrow(`${file} ${complaint}`)
  })

  test('that is not there is said to be', async () => {
    await expect(readBackup('/nowhere/backup.json')).rejects.toThrow('There is no file /nowhere/backup.json.')
  })
})
