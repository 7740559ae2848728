import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { CompiledQuery, type Kysely } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AppContext, prepareContext } from '../../src/context.ts'
import type { Schema } from '../../src/db/schema.ts'
import { createComponent } from '../../src/domain/components/components.ts'
import { listEvents } from '../../src/domain/events/list-events.ts'
import { listIncidents } from '../../src/domain/incidents/list-incidents.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { listMaintenances } from '../../src/domain/maintenance/list-maintenances.ts'
import { scheduleMaintenance } from '../../src/domain/maintenance/schedule-maintenance.ts'
import type { Reader } from '../../src/domain/tx.ts'
import { HOUR_MS } from '../../src/lib/instant.ts'
import { pageReads } from '../support/page-reads.ts'
import { testConfig } from '../support/test-config.ts'
import { watchReads } from '../support/watched-reads.ts'

// SQLite, which keeps no figures of its tables here, reads a large one as it plans to read a small one.

const NOW = Date.parse('2026-11-12T06:30:00Z')

/** As long as the settings of a page are, not as its past; but for defects, each of which is asked whether it is due. */
const SHORT_TABLES = [
  'page',
  'component',
  'component_group',
  'defect',
  'release',
  'sla_calendar',
  'sla_contract',
  'sla_policy',
  'support_hours',
]

let folder: string
let ctx: AppContext
let componentId: string
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'avow-plans-'))
  ctx = await prepareContext(testConfig(`file:${path.join(folder, 'avow.db')}`), { now: () => NOW })
  componentId = await ctx.write({ kind: 'staff', id: 'responder', name: 'A responder' }, async (tx) => {
    const id = await createComponent(tx, { name: 'API', start_date: '2026-01-01' })
    await openIncident(tx, { name: 'Down', body: 'We see it.', components: { [id]: 'major_outage' } })
    await scheduleMaintenance(tx, {
      name: 'Move',
      body: 'We move.',
      scheduled_for: NOW + HOUR_MS,
      scheduled_until: NOW + 2 * HOUR_MS,
      components: { [id]: 'under_maintenance' },
    })
    return id
  })
})
afterAll(async () => {
  await ctx.close()
  await rm(folder, { recursive: true, force: true })
})

describe('what is read for the page', () => {
  test('is found by an index, and no table is searched from end to end', async () => {
    const plans: { read: string; step: string; sql: string }[] = []
    for (const [name, read] of Object.entries(listReads())) {
      const { db, reads } = watchReads(ctx.read)
      await read(db)
      for (const { query } of reads)
        for (const step of await planOf(query)) plans.push({ read: name, step, sql: query.sql })
    }
    expect(plans.filter(({ step }) => step.startsWith('SEARCH')).length).toBeGreaterThan(50)
    expect(plans.filter(isWholeTable)).toEqual([])
  })

  test('is noticed where it is not', async () => {
    const query = ctx.read.selectFrom('incident').selectAll().where('name', '=', 'Down').compile()
    const [step = ''] = await planOf(query)
    expect(isWholeTable({ step, sql: query.sql })).toBe(true)
  })
})

/** The lists of the admin API as well, at any depth. */
function listReads() {
  const [limit, id] = [51, 'nothing00000']
  return {
    ...pageReads({ url: ctx.config.url, now: NOW }, componentId),
    'incidents further down': (reader: Reader) =>
      listIncidents(reader, { limit, below: { startedAt: NOW, id } }),
    'maintenances further down': (reader: Reader) =>
      listMaintenances(reader, { limit, below: { scheduledFor: NOW, id } }),
    'audit log further down': (reader: Reader) => listEvents(reader, { limit, before: 2 }),
  }
}

async function planOf({ sql, parameters }: CompiledQuery): Promise<string[]> {
  const plan = await (ctx.read as Kysely<Schema>).executeQuery<{ detail: string }>(
    CompiledQuery.raw(`explain query plan ${sql}`, [...parameters]),
  )
  return plan.rows.map(({ detail }) => detail)
}

/** The first rows in the order of an index are not the whole table. */
function isWholeTable({ step, sql }: { step: string; sql: string }): boolean {
  const [, table = ''] = /^SCAN (\w+)/.exec(step) ?? []
  const isFirstFew =
    / USING (COVERING )?INDEX /.test(step) && / limit \?$/.test(sql) && !/\(select| < /.test(sql)
  return table !== '' && table !== 'CONSTANT' && !SHORT_TABLES.includes(table) && !isFirstFew
}
