import ICAL from 'ical.js'
import { reportDefect } from '../../../src/domain/defects/defects.ts'
import { linkDefect } from '../../../src/domain/defects/links.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { type Commitments, updatePage } from '../../../src/domain/page.ts'
import { editDefect } from '../../../src/domain/sla/course/edit-defect.ts'
import { recordDefectEvent } from '../../../src/domain/sla/course/record-defect-event.ts'
import { confirmDefect } from '../../../src/domain/sla/terms/confirm-defect.ts'
import { createContract } from '../../../src/domain/sla/terms/write-contract.ts'
import { settle } from '../../../src/jobs/settle.ts'
import { describe, expect, type Site, test } from '../../support/site.ts'

const PATH = '/commitments.ics'

describe('/commitments.ics', () => {
  test('tells the open deadlines of a critical defect, with where to read on', async ({ site }) => {
    const id = await confirmed(site, { key: 'CHK-412', title: 'Card payments time out' })
    const incidentId = await site.as('responder', async (tx) => {
      const incident = await openIncident(tx, { name: 'Payments fail', body: 'We are looking into it.' })
      await linkDefect(tx, incident, id)
      return incident
    })
    const response = await site.web.request(PATH)
    expect([response.status, response.headers.get('Content-Type')]).toEqual([
      200,
      'text/calendar; charset=utf-8',
    ])
    const events = eventsOf(await response.text())
    expect(events.map(({ summary }) => summary)).toEqual([
      'Response met: CHK-412 Card payments time out',
      'Workaround due: CHK-412 Card payments time out',
      'Permanent fix due: CHK-412 Card payments time out',
    ])
    const { url } = site.ctx.config
    expect(events[2]).toMatchObject({
      uid: `commitment-${id}-fix@${new URL(url).hostname}`,
      sequence: 0,
      // Thursday noon, and two working days.
      description: [
        'Permanent fix promised by Monday 16 November, 12:00 IST.',
        `${url}/defects/${id}`,
        `${url}/incidents/${incidentId}`,
      ].join('\n'),
    })
  })

  test('is not sent again until something happens, whatever the clock and the jobs do', async ({ site }) => {
    const id = await confirmed(site, { key: 'CHK-412' })
    const first = await site.web.request(PATH)
    const etag = first.headers.get('ETag') ?? ''
    const ask = () => site.web.request(PATH, { headers: { 'If-None-Match': etag } })
    // At risk by now: that is for pages, which say how much is left.
    site.clock.advance({ minutes: 200 })
    expect((await ask()).status).toBe(304)
    await settle.runOne(site.ctx)
    expect((await ask()).status).toBe(304)
    await site.as('responder', (tx) => recordDefectEvent(tx, id, { type: 'workaround' }))
    expect((await ask()).status).toBe(200)
  })

  test('has the same bytes before and after a miss is written down', async ({ site }) => {
    await confirmed(site, { key: 'CHK-412' })
    site.clock.advance({ days: 1 })
    const before = await (await site.web.request(PATH)).text()
    expect(eventsOf(before).map(({ summary, sequence }) => [summary.split(':')[0], sequence])).toEqual([
      ['Missed', 1],
      ['Missed', 1],
      ['Permanent fix due', 0],
    ])
    site.clock.advance({ minutes: 1 })
    expect(await settle.runOne(site.ctx)).toBe(true)
    expect(await (await site.web.request(PATH)).text()).toBe(before)
  })

  test('never tells of a private defect, nor of one under a contract', async ({ site }) => {
    await site.as('administrator', (tx) =>
      createContract(tx, { name: 'Gold', customer: 'Harbour Outfitters', policy_id: 'standard' }),
    )
    const hidden = await confirmed(site, { key: 'SEC-31', title: 'Sessions are shared', public: false })
    await confirmed(site, { key: 'HAR-1', title: 'Stock is not booked', customer: 'Harbour Outfitters' })
    const calendar = async () => (await site.web.request(PATH)).text()
    expect(eventsOf(await calendar())).toEqual([])
    expect(await calendar()).not.toMatch(/SEC-31|HAR-1|Harbour|Gold/)
    await site.as('administrator', (tx) => editDefect(tx, hidden, { public: true }))
    expect(eventsOf(await calendar())).toHaveLength(3)
  })

  test.for<Commitments>(['internal', 'off'])(
    'is not there where commitments are %s',
    async (shown, { site }) => {
      await confirmed(site, { key: 'CHK-412' })
      await site.as('administrator', (tx) => updatePage(tx, { commitments: shown }))
      const response = await site.web.request(PATH)
      expect([response.status, await response.text()]).toEqual([404, 'This page shows no commitments.\n'])
      expect(response.headers.get('Content-Type')).toMatch(/^text\/plain/)
    },
  )
})

async function confirmed(
  site: Site,
  defect: { key: string; title?: string; public?: boolean; customer?: string },
): Promise<string> {
  return site.as('responder', async (tx) => {
    const id = await reportDefect(tx, { title: 'Card payments time out', severity: 'critical', ...defect })
    await confirmDefect(tx, id)
    return id
  })
}

function eventsOf(text: string): ICAL.Event[] {
  const calendar = new ICAL.Component(ICAL.parse(text))
  return calendar.getAllSubcomponents('vevent').map((event) => new ICAL.Event(event))
}
