import Parser from 'rss-parser'
import { reportDefect } from '../../../src/domain/defects/defects.ts'
import { linkDefect } from '../../../src/domain/defects/links.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { updatePage } from '../../../src/domain/page.ts'
import { recordDefectEvent } from '../../../src/domain/sla/course/record-defect-event.ts'
import { confirmDefect } from '../../../src/domain/sla/terms/confirm-defect.ts'
import { settle } from '../../../src/jobs/settle.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

/** Rewritten as an incident goes on. */
const HISTORY = ['/history.rss', '/history.atom']
/** Never rewritten, so they tell of nothing that an update does not say. */
const UPDATES = ['/updates.rss', '/updates.atom', '/feed.json']

describe('an incident in the history feeds', () => {
  test.for(HISTORY)('says what was promised and what became of it: %s', async (path, { site }) => {
    const { defectId } = await fridayEvening(site)
    site.clock.advance({ minutes: 130 })
    await site.as('responder', (tx) => recordDefectEvent(tx, defectId, { type: 'workaround' }))
    expect(sentencesIn(await bodyOf(site, path))).toEqual([
      'Response promised by end of Friday 13 November (24:00 IST): met in less than a minute.',
      'Workaround promised by end of Friday 13 November (24:00 IST): met after 2 h 10 min.',
      'Permanent fix promised by Tuesday 17 November, 20:00 IST.',
    ])
  })

  test.for(HISTORY)(
    'has the same bytes while a promise is open and at risk, and others once it is missed: %s',
    async (path, { site }) => {
      await fridayEvening(site)
      const open = await textOf(site, path)
      expect(sentencesIn(await bodyOf(site, path))).toContain(
        'Workaround promised by end of Friday 13 November (24:00 IST).',
      )
      site.clock.set('2026-11-13T23:30:00+05:30')
      await settle.runOne(site.ctx)
      expect(await textOf(site, path)).toBe(open)
      site.clock.set('2026-11-14T09:00:00+05:30')
      const missed = await textOf(site, path)
      expect(sentencesIn(await bodyOf(site, path))).toContain(
        'Workaround promised by end of Friday 13 November (24:00 IST): missed.',
      )
      // How late it is by now would be another text every minute.
      site.clock.advance({ days: 1 })
      expect(await textOf(site, path)).toBe(missed)
    },
  )

  test.for(HISTORY)('says nothing of promises that are not for everybody: %s', async (path, { site }) => {
    await fridayEvening(site)
    await site.as('administrator', (tx) => updatePage(tx, { commitments: 'internal' }))
    expect(await textOf(site, path)).not.toMatch(/promise|CHK-412/)
  })
})

test.for(UPDATES)(
  'the feed of updates stays frozen, whatever becomes of promises: %s',
  async (path, { site }) => {
    const incidentId = await openTrouble(site)
    const before = await textOf(site, path)
    expect(before).toContain('We are looking into it.')
    const defectId = await confirmedAt(site, incidentId)
    site.clock.advance({ hours: 1 })
    await site.as('responder', (tx) =>
      recordDefectEvent(tx, defectId, { type: 'workaround', note: 'Use bank transfers.' }),
    )
    site.clock.advance({ days: 30 })
    await settle.runOne(site.ctx)
    expect(await textOf(site, path)).toBe(before)
  },
)

/** Friday evening in India: four hours end with the day, and so with the week. */
async function fridayEvening(site: Site): Promise<{ defectId: string }> {
  site.clock.set('2026-11-13T20:00:00+05:30')
  return { defectId: await confirmedAt(site, await openTrouble(site)) }
}

async function openTrouble(site: Site): Promise<string> {
  return site.as('responder', (tx) =>
    openIncident(tx, { name: 'Payments fail', body: 'We are looking into it.' }),
  )
}

async function confirmedAt(site: Site, incidentId: string): Promise<string> {
  return site.as('responder', async (tx) => {
    const id = await reportDefect(tx, {
      key: 'CHK-412',
      title: 'Card payments time out',
      severity: 'critical',
    })
    await confirmDefect(tx, id)
    await linkDefect(tx, incidentId, id)
    return id
  })
}

async function textOf(site: Site, path: string): Promise<string> {
  return (await site.web.request(path)).text()
}

async function bodyOf(site: Site, path: string): Promise<string> {
  const { items } = await new Parser().parseString(await textOf(site, path))
  return items[0]?.content ?? ''
}

/** The lines below the heading of the defect. */
function sentencesIn(html: string): string[] {
  return /<strong>CHK-412.*<\/p>/.exec(html)?.[0].replace('</p>', '').split('<br>').slice(1) ?? []
}
