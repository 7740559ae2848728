import {
  createSupportHours,
  deleteSupportHours,
  getSupportHours,
  listSupportHours,
  updateSupportHours,
} from '../../src/domain/sla/support-hours.ts'
import type { NewSupportHours } from '../../src/domain/sla/support-hours-input.ts'
import { describe, expect, type Site, test } from '../support/site.ts'
import { eventsOf, outcomesOf } from './reading.ts'

const OFFICE = [{ weekdays: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00' }]
const CHAT = { channel: 'chat' as const, time_zone: 'Asia/Kolkata', hours: OFFICE }

function create(site: Site, differences: Partial<NewSupportHours> = {}): Promise<string> {
  return site.as('administrator', (tx) => createSupportHours(tx, { ...CHAT, ...differences }))
}

describe('support hours', () => {
  test('are entered, changed and taken away, each on record', async ({ site }) => {
    const id = await create(site, { plan: ' Business ', contact: 'tel:+912240001000' })
    expect(await getSupportHours(site.ctx.read, id)).toEqual({
      id,
      channel: 'chat',
      product: null,
      plan: 'Business',
      timeZone: 'Asia/Kolkata',
      hours: OFFICE,
      excludedDates: [],
      contact: 'tel:+912240001000',
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
