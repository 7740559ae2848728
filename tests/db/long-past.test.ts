import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type AppContext, prepareContext } from '../../src/context.ts'
import { createComponent } from '../../src/domain/components/components.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import type { Actor } from '../../src/domain/tx.ts'
import { DAY_MS, HOUR_MS } from '../../src/lib/instant.ts'
import { pageReads } from '../support/page-reads.ts'
import { testConfig } from '../support/test-config.ts'
import { rowsOf, watchReads } from '../support/watched-reads.ts'

// What a page shows is bounded, so what is read for it is: a page that has been there for years costs no more. The
// questions, and so the rows, are the same on both engines.

const NOW = Date.parse('2026-11-12T06:30:00Z')
const LONG_AGO = NOW - 900 * DAY_MS
/** More, with two updates each, than any document reads. */
const RECENT = 210

const RESPONDER: Actor = { kind: 'staff', id: 'responder', name: 'A responder' }

let folder: string
let ctx: AppContext
let components: { api: string; checkout: string }
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'avow-past-'))
  ctx = await prepareContext(testConfig(`file:${path.join(folder, 'avow.db')}`), { now: () => NOW })
  components = await ctx.write(RESPONDER, async (tx) => ({
    api: await createComponent(tx, { name: 'API', start_date: '2024-01-01' }),
    checkout: await createComponent(tx, { name: 'Checkout', start_date: '2024-01-01' }),
  }))
})
afterEach(async () => {
  await ctx.close()
  await rm(folder, { recursive: true, force: true })
})

describe('a past of years', () => {
  test('adds nothing to what is read for a page, a feed or a document', { timeout: 30_000 }, async () => {
    await pass({ incidents: RECENT, until: NOW })
    const before = await rowsRead()
    expect(before.home).toBeGreaterThan(RECENT)
    await pass({ incidents: 40, until: LONG_AGO })
    expect(await rowsRead()).toEqual(before)
  })

  test('adds nothing to what is read for an update', { timeout: 30_000 }, async () => {
    const before = await rowsReadByUpdate()
    expect(before).toBeGreaterThan(0)
    await pass({ incidents: 40, until: LONG_AGO })
    expect(await rowsReadByUpdate()).toBe(before)
  })
})

/** Incidents one after another, an hour each, the last one over at an instant. */
async function pass({ incidents, until }: { incidents: number; until: number }): Promise<void> {
  const affected = {
    [components.api]: 'partial_outage' as const,
    [components.checkout]: 'degraded_performance' as const,
  }
  await ctx.write(RESPONDER, async (tx) => {
    for (let left = incidents; left > 0; left -= 1) {
      const now = until - left * HOUR_MS
      const opening = { name: 'Trouble', body: 'We are looking into it.', components: affected }
      const id = await openIncident({ ...tx, now }, opening)
      const end = { status: 'resolved' as const, body: 'It works again.' }
      await postIncidentUpdate({ ...tx, now: now + HOUR_MS }, id, end)
    }
  })
}

/** How many rows are read for each. */
async function rowsRead(): Promise<Record<string, number>> {
  const rows: Record<string, number> = {}
  for (const [name, read] of Object.entries(pageReads({ url: ctx.config.url, now: NOW }, components.api))) {
    const { db, reads } = watchReads(ctx.read)
    expect([name, await read(db)]).not.toEqual([name, undefined])
    rows[name] = rowsOf(reads)
  }
  return rows
}

/** By the update that resolves an incident of its own. */
async function rowsReadByUpdate(): Promise<number> {
  return ctx.write(RESPONDER, async (tx) => {
    const affected = { [components.api]: 'major_outage' as const }
    const id = await openIncident(tx, { name: 'Now', body: 'We see it.', components: affected })
    const { db, reads } = watchReads(tx.db)
    await postIncidentUpdate({ ...tx, db }, id, { status: 'resolved', body: 'It works again.' })
    return rowsOf(reads)
  })
}
