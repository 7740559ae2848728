import {
  createSupportHours,
  deleteSupportHours,
  getSupportHours,
  listSupportHours,
  updateSupportHours,
} from '../../src/domain/sla/support/support-hours.ts'
import type { NewSupportHours } from '../../src/domain/sla/support/support-hours-input.ts'
import { readSupportHours } from '../../src/domain/status-page/read-support-hours.ts'
import { describe, expect, type Site, test } from '../support/site.ts'
import { eventsOf, outcomesOf } from './reading.ts'

const OFFICE = [{ weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00' }]
const CHAT = { channel: 'chat' as const, time_zone: 'Asia/Kolkata', hours: OFFICE }

function create(site: Site, differences: Partial<NewSupportHours> = {}): Promise<string> {
  return site.as('administrator', (tx) => createSupportHours(tx, { ...CHAT, ...differences }))
}

describe('support hours', () => {
  test('are entered, changed and taken away, each on record', async ({ site }) => {
    const id = await create(site, { plan: ' Business ', contact: 'tel:+12025550143' })
    expect(await getSupportHours(site.ctx.read, id)).toEqual({
      id,
      channel: 'chat',
      product: null,
      plan: 'Business',
      timeZone: 'Asia/Kolkata',
      hours: OFFICE,
      excludedDates: [],
      contact: 'tel:+12025550143',
      createdAt: site.clock.now(),
      updatedAt: site.clock.now(),
    })

    site.clock.advance({ hours: 1 })
    const before = await getSupportHours(site.ctx.read, id)
    const excluded_dates = ['2026-12-25']
    await site.as('administrator', (tx) => updateSupportHours(tx, id, { excluded_dates, contact: null }))
    expect(await getSupportHours(site.ctx.read, id)).toEqual({
      ...before,
      excludedDates: excluded_dates,
      contact: null,
      updatedAt: site.clock.now(),
    })

    await site.as('administrator', (tx) => deleteSupportHours(tx, id))
    expect(await listSupportHours(site.ctx.read)).toEqual([])
    expect(await eventsOf(site, id)).toEqual([
      'support_hours.created',
      'support_hours.updated',
      'support_hours.deleted',
    ])
  })

  test('that are not there cannot be read, changed or taken away', async ({ site }) => {
    const notFound = { code: 'not-found' }
    await expect(getSupportHours(site.ctx.read, 'nothing00000')).rejects.toMatchObject(notFound)
    for (const change of [
      site.as('administrator', (tx) => updateSupportHours(tx, 'nothing00000', { contact: null })),
      site.as('administrator', (tx) => deleteSupportHours(tx, 'nothing00000')),
    ]) {
      await expect(change).rejects.toMatchObject(notFound)
    }
  })

  test('stand once for each channel, product and plan', async ({ site }) => {
    const ids = [
      await create(site),
      await create(site, { channel: 'phone' }),
      await create(site, { product: 'Payments' }),
      await create(site, { plan: 'Payments' }),
      await create(site, { product: 'Payments', plan: 'Business' }),
    ]
    const taken: [differences: Partial<NewSupportHours>, message: string, current: number][] = [
      [{}, 'There are already chat hours for everyone.', 0],
      [{ channel: 'phone', product: null }, 'There are already phone hours for everyone.', 1],
      [
        { product: 'Payments', plan: 'Business' },
        'There are already chat hours for Payments, Business plan.',
        4,
      ],
    ]
    for (const [differences, message, current] of taken) {
      const refusal = { code: 'conflict', message, current: { id: ids[current] } }
      await expect(create(site, differences)).rejects.toMatchObject(refusal)
    }
    const moving = site.as('administrator', (tx) => updateSupportHours(tx, ids[2] ?? '', { product: null }))
    await expect(moving).rejects.toMatchObject({ code: 'conflict', current: { id: ids[0] } })
    // Saying again what stands there is no conflict with itself.
    await site.as('administrator', (tx) =>
      updateSupportHours(tx, ids[2] ?? '', { product: 'Payments', plan: null }),
    )
    expect(await listSupportHours(site.ctx.read)).toHaveLength(5)
  })

  test('entered by two people at once are entered once', async ({ site }) => {
    expect(await outcomesOf([create(site), create(site)])).toEqual({ succeeded: 1, codes: ['conflict'] })
  })

  test('are unique in the database itself, where null stands for everyone', async ({ site }) => {
    await create(site)
    const row = await site.ctx.read.selectFrom('support_hours').selectAll().executeTakeFirstOrThrow()
    const again = site.as('administrator', (tx) =>
      tx.db
        .insertInto('support_hours')
        .values({ ...row, id: 'another00000' })
        .execute(),
    )
    await expect(again).rejects.toThrow(/unique/i)
  })
})

describe('on the page, support hours', () => {
  test('are nothing where none are stored', async ({ site }) => {
    expect(await readSupportHours(site.ctx.read, site.clock.now())).toEqual([])
  })

  test('say for whom, when, and how it is now, until that changes', async ({ site }) => {
    await create(site, { channel: 'phone', plan: 'Business', contact: 'tel:+12025550143' })
    await create(site, { plan: 'Starter' })
    await create(site, {
      hours: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], opens: '00:00', closes: '24:00' }],
      excluded_dates: ['2026-11-13'],
    })
    const views = await readSupportHours(site.ctx.read, site.clock.now())
    expect(views.map(({ id, ...view }) => view)).toEqual([
      {
        channel: 'chat',
        forWhom: 'everyone',
        hours: 'around the clock',
        closedDates: 'closed on Friday 13 November',
        isOpen: true,
        state: 'open now until Thursday 12 November 2026, 24:00 IST',
        until: Date.parse('2026-11-13T00:00:00+05:30'),
        contact: null,
      },
      {
        channel: 'chat',
        forWhom: 'Starter plan',
        hours: 'Monday to Friday 09:00–18:00 IST',
        closedDates: '',
        isOpen: true,
        state: 'open now until 18:00 IST',
        until: Date.parse('2026-11-12T18:00:00+05:30'),
        contact: null,
      },
      {
        channel: 'phone',
        forWhom: 'Business plan',
        hours: 'Monday to Friday 09:00–18:00 IST',
        closedDates: '',
        isOpen: true,
        state: 'open now until 18:00 IST',
        until: Date.parse('2026-11-12T18:00:00+05:30'),
        contact: 'tel:+12025550143',
      },
    ])
    site.clock.set('2026-11-12T18:00:00+05:30')
    const evening = await readSupportHours(site.ctx.read, site.clock.now())
    expect(evening.map(({ isOpen }) => isOpen)).toEqual([true, false, false])
    expect(evening[1]?.state).toBe('closed; opens Friday 09:00 IST')
  })
})
