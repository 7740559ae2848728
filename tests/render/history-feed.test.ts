import Parser from 'rss-parser'
import { describe, expect, test } from 'vitest'
import { MINUTE_MS } from '../../src/lib/instant.ts'
import { renderAtom } from '../../src/render/atom.ts'
import { historyFeed } from '../../src/render/history-feed.ts'
import { renderRss } from '../../src/render/rss.ts'
import { defect, FRIDAY_EVENING, feed, incident, maintenance, promise, update } from './sample-views.ts'

const rss = (view = feed()) => renderRss(historyFeed(view))
const atom = (view = feed()) => renderAtom(historyFeed(view))
const parse = (xml: string) => new Parser().parseString(xml)

describe('the history as RSS', () => {
  test('has one item per incident, whose lasting identity is its address', async () => {
    const { items, ...channel } = await parse(rss())
    expect(channel.title).toBe('Nimbus status: history')
    expect(channel.feedUrl).toBe('https://status.nimbus.example/history.rss')
    expect(items).toHaveLength(1)
    expect(items[0]).toMatchObject({
      title: 'Payments are failing for some customers',
      link: 'https://status.nimbus.example/incidents/incident0001',
      guid: 'https://status.nimbus.example/incidents/incident0001',
      pubDate: 'Fri, 13 Nov 2026 14:50:00 GMT',
    })
    expect(rss()).toContain('<guid isPermaLink="true">')
    expect(rss()).toContain('<lastBuildDate>Fri, 13 Nov 2026 14:30:00 GMT</lastBuildDate>')
  })

  test('tells the updates newest first and calls a repeated state an update', async () => {
    const { items } = await parse(rss())
    expect(items[0]?.content).toBe(
      '<p><small>Nov 13, 20:20 IST</small><br><strong>Update</strong> – Cards of <strong>one bank</strong> are affected.</p>' +
        '<p><small>Nov 13, 20:00 IST</small><br><strong>Investigating</strong> – We are looking into failing payments.</p>',
    )
  })

  test.for([
    [30, ['Postmortem', 'Update', 'Investigating']],
    [20, ['Postmortem', 'Update', 'Investigating']],
    [10, ['Update', 'Postmortem', 'Investigating']],
    [-10, ['Update', 'Investigating', 'Postmortem']],
  ] as const)('tells a postmortem of minute %i in its place', async ([minutes, words]) => {
    const postmortem = { body: 'A disk was full.', publishedAt: FRIDAY_EVENING + minutes * MINUTE_MS }
    const { items } = await parse(rss(feed({ incidents: [incident({ postmortem })] })))
    const said = items[0]?.content?.matchAll(/<strong>(\w+)<\/strong> – /g) ?? []
    expect([...said].map(([, word]) => word)).toEqual(words)
  })

  test('says every promise as a sentence that stays true', async () => {
    const goals = [
      promise('response', { hours: 4 }, { completedAt: FRIDAY_EVENING + 38 * MINUTE_MS }),
      promise('workaround', { hours: 4 }),
      promise('fix', { release: 'next' }, { plannedAt: Date.parse('2026-12-02T12:00:00+05:30') }),
    ]
    const { items } = await parse(rss(feed({ incidents: [incident({}, { defects: [defect(goals)] })] })))
    expect(items[0]?.content).toContain(
      '<p><strong>CHK-412: Card payments time out</strong> (critical)' +
        '<br>Response promised by end of Friday 13 November (24:00 IST): met after 38 min.' +
        '<br>Workaround promised by end of Friday 13 November (24:00 IST).' +
        '<br>Permanent fix promised in the next release, planned for Wednesday 2 December.</p>',
    )
  })

  test('says what was promised and since when the clock is paused, as long as no deadline is known', async () => {
    const pausedAt = FRIDAY_EVENING + 30 * MINUTE_MS
    const deferredAt = pausedAt + 10 * MINUTE_MS
    const goals = [
      promise('workaround', { hours: 4 }, { pausedAt }),
      promise('fix', { hours: 48 }, { pausedAt, deferredAt, untilOn: '2026-12-02' }),
    ]
    const { items } = await parse(rss(feed({ incidents: [incident({}, { defects: [defect(goals)] })] })))
    expect(items[0]?.content).toContain(
      '<br>Workaround promised within 4 hours, its clock paused since Friday 13 November, 20:30 IST.' +
        '<br>Permanent fix promised within 48 hours: deferred to Wednesday 2 December 2026.</p>',
    )
  })

  test('says after the promises what moved them, when and why', async () => {
    const moved = defect(
      [promise('response', { hours: 4 })],
      [
        {
          kind: 'severity',
          at: FRIDAY_EVENING + 20 * MINUTE_MS,
          before: 'high',
          after: 'critical',
          change: 'worsened',
          reason: 'Cards & transfers <all> fail',
        },
        { kind: 'deferred', at: FRIDAY_EVENING + 30 * MINUTE_MS, untilOn: '2026-12-02', reason: 'Later.' },
      ],
    )
    const { items } = await parse(rss(feed({ incidents: [incident({}, { defects: [moved] })] })))
    expect(items[0]?.content).toContain(
      '<br>Response promised by end of Friday 13 November (24:00 IST).' +
        '<br>Friday 13 November, 20:20 IST: Severity raised from high to critical because it got worse: Cards &amp; transfers &lt;all&gt; fail.' +
        '<br>Friday 13 November, 20:30 IST: Deferred to Wednesday 2 December 2026, as told to the customer: Later.</p>',
    )
  })

  test('puts what happened last on top, not what is planned for later', async () => {
    const resolved = update({ id: 'u9', status: 'resolved', displayAt: FRIDAY_EVENING + 90 * MINUTE_MS })
    const view = feed({
      incidents: [
        incident({ id: 'old' }, { updates: [update({ displayAt: FRIDAY_EVENING - MINUTE_MS })] }),
        incident({ id: 'new' }, { updates: [resolved] }),
      ],
      maintenances: [maintenance()],
    })
    expect((await parse(rss(view))).items.map(({ link }) => link?.split('/').pop())).toEqual([
      'new',
      'maintenance1',
      'old',
    ])
  })

  test('survives hostile and broken texts', async () => {
    const name = ']]></title><item>&amp;<b>\u0000\u000B\uD800 "x" \u{1F680}'
    const view = feed({
      incidents: [incident({ name }, { updates: [update({ body: '<i>\u0001]]>\uDC00' })] })],
    })
    for (const xml of [rss(view), atom(view)]) {
      const { items } = await parse(xml)
      expect(items).toHaveLength(1)
      expect(items[0]?.title).toBe(']]></title><item>&amp;<b> "x" \u{1F680}')
      expect(items[0]?.content).toContain('– &lt;i&gt;]]&gt;</p>')
      expect(xml.isWellFormed()).toBe(true)
    }
  })

  test('makes addresses absolute', async () => {
    const body = 'See [the terms](/sla) or [elsewhere](https://other.example/a).'
    const { items } = await parse(rss(feed({ incidents: [incident({}, { updates: [update({ body })] })] })))
    expect(items[0]?.content).toContain('<a href="https://status.nimbus.example/sla"')
    expect(items[0]?.content).toContain('<a href="https://other.example/a"')
  })

  test('of nothing is a feed without items', async () => {
    expect((await parse(rss(feed({ incidents: [] })))).items).toEqual([])
    expect((await parse(atom(feed({ incidents: [] })))).items).toEqual([])
  })
})

describe('the history as Atom', () => {
  test('has tag ids, a self link and the dates of the record', () => {
    const xml = atom()
    expect(xml).toContain('<id>tag:status.nimbus.example,2026:/history</id>')
    expect(xml).toContain('<id>tag:status.nimbus.example,2026:/incidents/incident0001</id>')
    expect(xml).toContain(
      'rel="self" type="application/atom+xml" href="https://status.nimbus.example/history.atom"',
    )
    expect(xml).toContain('rel="alternate" type="text/html" href="https://status.nimbus.example/history"')
    expect(xml).toContain(
      '<published>2026-11-13T14:50:00Z</published>\n<updated>2026-11-13T15:00:00Z</updated>',
    )
    expect(xml).toContain('<author><name>Nimbus</name></author>')
  })

  test('of one component has its own name and address', async () => {
    const xml = atom(feed({ component: { id: 'component001', name: 'Checkout' } }))
    expect((await parse(xml)).title).toBe('Nimbus status: Checkout')
    expect(xml).toContain('href="https://status.nimbus.example/components/component001/history.atom"')
    expect(xml).toContain('href="https://status.nimbus.example/components/component001"')
  })
})

test('the same history gives the same bytes, whenever it is asked for', () => {
  expect(rss()).toBe(rss())
  expect(atom()).toBe(atom())
})
