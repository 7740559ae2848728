import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../../src/domain/incidents/post-update.ts'
import { HOUR_MS } from '../../../src/lib/instant.ts'
import { pageReads } from '../../support/page-reads.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'
import { rowsOf, watchReads } from '../../support/watched-reads.ts'

// What a page shows is bounded, so what is read for it is: a page that has been there for years costs no more.

/** More, with two updates each, than any document reads. */
const RECENT = 210
const NOW = '2026-11-12T12:00:00+05:30'
const LONG_AGO = '2024-06-01T12:00:00+05:30'

describe('a past of years', () => {
  test('adds nothing to what is read for a page, a feed or a document', async ({ site }) => {
    await pass(site, { incidents: RECENT, until: NOW })
    const before = await rowsRead(site)
    expect(before.home).toBeGreaterThan(RECENT)
    await pass(site, { incidents: 40, until: LONG_AGO })
    expect(await rowsRead(site)).toEqual(before)
  })

  test('adds nothing to what is read for an update', async ({ site }) => {
    const before = await rowsReadByUpdate(site)
    expect(before).toBeGreaterThan(0)
    await pass(site, { incidents: 40, until: LONG_AGO })
    expect(await rowsReadByUpdate(site)).toBe(before)
  })
})

/** Incidents one after another, an hour each, the last one over at an instant. */
async function pass(site: Site, { incidents, until }: { incidents: number; until: string }): Promise<void> {
  const { api, checkout } = site.components
  const endsAt = Temporal.Instant.from(until).epochMilliseconds
  await site.as('responder', async (tx) => {
    for (let left = incidents; left > 0; left -= 1) {
      const at = endsAt - left * HOUR_MS
      const id = await openIncident(
        { ...tx, now: at },
        {
          name: 'Trouble',
          body: 'We are looking into it.',
          components: { [api]: 'partial_outage', [checkout]: 'degraded_performance' },
        },
      )
      await postIncidentUpdate({ ...tx, now: at + HOUR_MS }, id, {
        status: 'resolved',
        body: 'It works again.',
      })
    }
  })
}

/** How many rows are read for each. */
async function rowsRead(site: Site): Promise<Record<string, number>> {
  const rows: Record<string, number> = {}
  const viewpoint = { url: site.ctx.config.url, now: Temporal.Instant.from(NOW).epochMilliseconds }
  for (const [name, read] of Object.entries(pageReads(viewpoint, site.components.api))) {
    const { db, reads } = watchReads(site.ctx.read)
    expect([name, await read(db)]).not.toEqual([name, undefined])
    rows[name] = rowsOf(reads)
  }
  return rows
}

/** By the update that resolves an incident of its own. */
async function rowsReadByUpdate(site: Site): Promise<number> {
  const components = { [site.components.api]: 'major_outage' as const }
  const id = await site.as('responder', (tx) =>
    openIncident(tx, { name: 'Now', body: 'We see it.', components }),
  )
  return site.as('responder', async (tx) => {
    const { db, reads } = watchReads(tx.db)
    await postIncidentUpdate({ ...tx, db }, id, { status: 'resolved', body: 'It works again.' })
    return rowsOf(reads)
  })
}
