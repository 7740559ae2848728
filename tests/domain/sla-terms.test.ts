import { getDefect, reportDefect } from '../../src/domain/defects/defects.ts'
import { recordDefectEvent } from '../../src/domain/sla/course/record-defect-event.ts'
import type { DefectPromises } from '../../src/domain/sla/promises.ts'
import { readPromises } from '../../src/domain/sla/read-promises.ts'
import { getCalendarVersions } from '../../src/domain/sla/terms/calendars.ts'
import { confirmDefect } from '../../src/domain/sla/terms/confirm-defect.ts'
import { getContractVersions } from '../../src/domain/sla/terms/contracts.ts'
import { getPolicyVersions } from '../../src/domain/sla/terms/policies.ts'
import { readTermsBook, termsForDefect } from '../../src/domain/sla/terms/select-terms.ts'
import { STANDARD_POLICY } from '../../src/domain/sla/terms/standard-terms.ts'
import { endOf, type Version } from '../../src/domain/sla/terms/validity.ts'
import {
  createCalendar,
  type NewCalendar,
  reviseCalendar,
} from '../../src/domain/sla/terms/write-calendar.ts'
import {
  createContract,
  type NewContract,
  reviseContract,
} from '../../src/domain/sla/terms/write-contract.ts'
import { createPolicy, type NewPolicy, revisePolicy } from '../../src/domain/sla/terms/write-policy.ts'
import { toShortIso } from '../../src/lib/instant.ts'
import { describe, expect, type Site, test } from '../support/site.ts'

// The clock stands at Thursday 12 November 2026, 12:00 in India.

describe('the terms of a defect', () => {
  test.for<[defect: Subjects, contract: string | null]>([
    [{ customer: 'Harbour Mills', plan: 'Gold', product: 'Ledger' }, 'of the customer'],
    [{ customer: 'Another', plan: 'Gold', product: 'Ledger' }, 'of the plan'],
    [{ customer: 'Another', plan: 'Silver', product: 'Ledger' }, 'of the product'],
    [{ customer: 'Another', product: 'Ledger' }, 'of the product'],
    [{ customer: 'Gold', plan: 'Harbour Mills', product: 'Till' }, null],
    [{}, null],
  ])('are those of the most specific contract: %j', async ([defect, expected], { site }) => {
    await contract(site, { name: 'of the product', product: 'Ledger' })
    await contract(site, { name: 'of the plan', plan: 'Gold' })
    await contract(site, { name: 'of the customer', customer: 'Harbour Mills' })
    expect((await confirmed(site, defect)).terms?.contract?.name ?? null).toBe(expected)
  })

  test('are the plan’s before the customer’s contract begins and after it has ended', async ({ site }) => {
    await contract(site, { name: 'plan', plan: 'Gold', valid_from: '2026-01-01' })
    const days = { valid_from: '2026-11-16', valid_to: '2026-11-18' }
    await contract(site, { name: 'own', customer: 'Harbour Mills', ...days })
    const found = async (at: string) =>
      (await termsAt(site, at, { customer: 'Harbour Mills', plan: 'Gold' })).contract?.name
    expect(await found('2026-11-13T23:59:59.999+05:30')).toBe('plan')
    // Saturday: this clock starts on Monday.
    expect(await found('2026-11-14T00:00:00+05:30')).toBe('own')
    expect(await found('2026-11-17T23:59:59.999+05:30')).toBe('own')
    expect(await found('2026-11-18T00:00:00+05:30')).toBe('plan')
  })

  test('are the version of the day on which the clock starts, standard ones too', async ({ site }) => {
    await site.as('administrator', (tx) =>
      revisePolicy(tx, 'standard', { goals: quicker(2), valid_from: '2026-11-16' }),
    )
    const version = async (at: string) => (await termsAt(site, at)).policy.version
    expect(await version('2026-11-13T23:59:59.999+05:30')).toBe(1)
    expect(await version('2026-11-14T00:00:00+05:30')).toBe(2)
  })

  test('under a contract are counted from the report where it says so', async ({ site }) => {
    await contract(site, { customer: 'Harbour Mills', clock_starts: 'report', valid_from: '2026-01-01' })
    const { defect, goals } = await confirmed(site, {
      customer: 'Harbour Mills',
      reported_at: '2026-11-12T09:00:00+05:30',
    })
    expect(toShortIso(goals[0]?.state.deadlineAt ?? 0)).toBe('2026-11-12T07:30:00Z')
    const happen = (at: string) =>
      site.as('responder', (tx) =>
        recordDefectEvent(tx, defect.id, { type: 'responded', at: Date.parse(at) }),
      )
    await expect(happen('2026-11-12T08:59:59.999+05:30')).rejects.toMatchObject(refusal('/at'))
    await happen('2026-11-12T09:00:00+05:30')
    expect((await promisesOf(site, defect.id)).goals[0]?.state.verdict).toBe('met')
  })

  test('stay as they are when the contract ends while the clock runs', async ({ site }) => {
    const id = await contract(site, { customer: 'Harbour Mills', policy_id: await policy(site, 1) })
    site.clock.advance({ days: 1 })
    const { defect } = await confirmed(site, { customer: 'Harbour Mills' })
    await site.as('administrator', (tx) => reviseContract(tx, id, { valid_to: '2026-11-14' }))
    site.clock.advance({ days: 3 })
    const { terms, goals } = await promisesOf(site, defect.id)
    expect(terms?.contract).toMatchObject({ id, version: 1 })
    expect(goals[0]?.term).toEqual({ hours: 1 })
    expect(
      (await termsAt(site, '2026-11-16T12:00:00+05:30', { customer: 'Harbour Mills' })).contract,
    ).toBeNull()
  })
})

describe('an edit', () => {
  test('begins today unless told otherwise, and after the day of the last clock', async ({ site }) => {
    await site.as('administrator', (tx) => revisePolicy(tx, 'standard', { name: 'Our terms' }))
    expect(await policyDays(site)).toEqual(['2000-01-01 – 2026-11-12', '2026-11-12 – '])
    await confirmed(site)
    await site.as('administrator', (tx) => revisePolicy(tx, 'standard', { name: 'Newer terms' }))
    expect(await policyDays(site)).toEqual([
      '2000-01-01 – 2026-11-12',
      '2026-11-12 – 2026-11-13',
      '2026-11-13 – ',
    ])
  })

  test('cannot begin by the day of a clock that runs, whatever it makes of that day', async ({ site }) => {
    await confirmed(site)
    const calendar = (changes: object) =>
      site.as('administrator', (tx) => reviseCalendar(tx, 'standard', changes))
    await expect(calendar({ valid_from: '2026-11-12' })).rejects.toMatchObject(refusal('/valid_from'))
    // Without this Thursday the clock would start on Friday, so it would run by the new calendar.
    await expect(
      calendar({ excluded_dates: ['2026-11-12'], valid_from: '2026-11-13' }),
    ).rejects.toMatchObject(refusal('/valid_from'))
    // In Kiritimati it is Friday already when the clock starts.
    site.clock.set('2026-11-12T20:00:00+05:30')
    await confirmed(site, { key: 'CHK-413' })
    const other = await site.as('administrator', (tx) =>
      createCalendar(tx, { name: 'Far east', time_zone: 'Pacific/Kiritimati' }),
    )
    const move = (valid_from: string) =>
      site.as('administrator', (tx) => revisePolicy(tx, 'standard', { calendar_id: other, valid_from }))
    await expect(move('2026-11-13')).rejects.toMatchObject(refusal('/valid_from'))
    await move('2026-11-14')
    expect((await termsAt(site, '2026-11-12T20:00:00+05:30')).policy.version).toBe(1)
  })

  test('takes the place of what was planned and never held', async ({ site }) => {
    const edit = (changes: object) => site.as('administrator', (tx) => revisePolicy(tx, 'standard', changes))
    await edit({ goals: quicker(2), name: 'Typed wrongly', valid_from: '2062-12-01' })
    // What is planned is edited from its own beginning on.
    await edit({ name: 'Planned' })
    expect(await policyDays(site)).toEqual([
      '2000-01-01 – 2062-12-01',
      '2062-12-01 – 2062-12-01',
      '2062-12-01 – ',
    ])
    // What begins earlier changes the terms of that day.
    await edit({ name: 'Our terms', valid_from: '2026-12-01' })
    expect(await policyDays(site)).toEqual([
      '2000-01-01 – 2026-12-01',
      '2062-12-01 – 2062-12-01',
      '2062-12-01 – 2062-12-01',
      '2026-12-01 – ',
    ])
    const { policy } = await termsAt(site, '2070-01-01T12:00:00Z')
    expect(policy).toMatchObject({ version: 4, name: 'Our terms', goals: STANDARD_POLICY.goals })
  })

  test('begins today at the earliest, also where no clock has started since', async ({ site }) => {
    const id = await contract(site, { customer: 'Harbour Mills', valid_from: '2026-11-05' })
    const edits: ((valid_from: string) => Promise<void>)[] = [
      (valid_from) => site.as('administrator', (tx) => revisePolicy(tx, 'standard', { valid_from })),
      (valid_from) => site.as('administrator', (tx) => reviseCalendar(tx, 'standard', { valid_from })),
      (valid_from) => site.as('administrator', (tx) => reviseContract(tx, id, { valid_from })),
    ]
    for (const edit of edits) {
      const early = edit('2026-11-11')
      await expect(early).rejects.toMatchObject(refusal('/valid_from'))
      await expect(early).rejects.toThrow('can begin on Thursday 12 November 2026, not earlier.')
      await edit('2026-11-12')
      await edit('2026-11-12')
    }
  })

  test('begins by the day that it is in the zone of its calendar', async ({ site }) => {
    const other = await site.as('administrator', (tx) =>
      createCalendar(tx, { name: 'Far east', time_zone: 'Pacific/Kiritimati' }),
    )
    // In Kiritimati it is Friday already.
    site.clock.set('2026-11-12T20:00:00+05:30')
    const move = (valid_from?: string) =>
      site.as('administrator', (tx) => revisePolicy(tx, 'standard', { calendar_id: other, valid_from }))
    await expect(move('2026-11-12')).rejects.toMatchObject(refusal('/valid_from'))
    await move()
    expect((await getPolicyVersions(site.ctx.read, 'standard')).at(-1)?.validFromOn).toBe('2026-11-13')
  })

  test('whose windows would not end within a hundred years is refused, of a calendar too', async ({
    site,
  }) => {
    const minute = { windows: [['09:00', '09:01']] as [string, string][], weekdays: [1] }
    const slow = await site.as('administrator', (tx) =>
      createCalendar(tx, { name: 'A minute a week', time_zone: 'UTC', ...minute }),
    )
    const { high } = STANDARD_POLICY.goals
    const goals = { ...STANDARD_POLICY.goals, high: { ...high, workaround: { hours: 500 } } }
    const policy = { name: 'Slow', calendar_id: slow, goals }
    await expect(site.as('administrator', (tx) => createPolicy(tx, policy))).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ pointer: '/goals/high/workaround' }],
    })
    await expect(
      site.as('administrator', (tx) => revisePolicy(tx, 'standard', { goals, calendar_id: slow })),
    ).rejects.toMatchObject({ fields: [{ pointer: '/goals/high/workaround' }] })
    await site.as('administrator', (tx) => revisePolicy(tx, 'standard', { goals }))
    await expect(
      site.as('administrator', (tx) => reviseCalendar(tx, 'standard', minute)),
    ).rejects.toMatchObject({ code: 'invalid', fields: [{ pointer: '/windows' }] })
  })

  test('follows the one before, also when the clock of the machine was set back', async ({ site }) => {
    const edit = () =>
      site.as('administrator', (tx) => reviseCalendar(tx, 'standard', { name: 'Office days' }))
    await edit()
    site.clock.set('2020-01-01T00:00:00Z')
    await edit()
    const versions = await getCalendarVersions(site.ctx.read, 'standard')
    expect(versions.map(({ version }) => version)).toEqual([1, 2, 3])
  })

  test('by two writers at once makes versions 2 and 3', async ({ site }) => {
    const names = ['One', 'Other']
    await Promise.all([
      ...names.map((name) => site.as('responder', (tx) => reviseCalendar(tx, 'standard', { name }))),
      ...names.map((name) => site.as('responder', (tx) => revisePolicy(tx, 'standard', { name }))),
    ])
    const versions = [
      ...(await getCalendarVersions(site.ctx.read, 'standard')),
      ...(await getPolicyVersions(site.ctx.read, 'standard')),
    ]
    expect(versions.map(({ version }) => version)).toEqual([1, 2, 3, 1, 2, 3])
    expect(
      versions
        .slice(1, 3)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(names)
  })
})

describe('a report under a contract that starts clocks with it', () => {
  const whose = { customer: 'Harbour Mills' }
  const reading = async (site: Site) => {
    const policy_id = await policyIn(site, 'Asia/Kolkata')
    const [{ calendarId = '' } = {}] = await getPolicyVersions(site.ctx.read, policy_id)
    const id = await contract(site, { ...whose, policy_id, clock_starts: 'report', valid_from: '2026-01-01' })
    return { id, policy_id, calendarId }
  }
  const edits = {
    contract: async (site: Site, { id }: { id: string }, changes: { valid_from?: string }) => {
      await site.as('administrator', (tx) => reviseContract(tx, id, changes))
      return getContractVersions(site.ctx.read, id)
    },
    policy: async (site: Site, { policy_id }: { policy_id: string }, changes: { valid_from?: string }) => {
      await site.as('administrator', (tx) => revisePolicy(tx, policy_id, changes))
      return getPolicyVersions(site.ctx.read, policy_id)
    },
    calendar: async (
      site: Site,
      { calendarId }: { calendarId: string },
      changes: { valid_from?: string },
    ) => {
      await site.as('administrator', (tx) => reviseCalendar(tx, calendarId, changes))
      return getCalendarVersions(site.ctx.read, calendarId)
    },
  }

  test.for(['contract', 'policy', 'calendar'] as const)(
    'has started a clock that no edit of the %s reaches',
    async (kind, { site }) => {
      const terms = await reading(site)
      const id = await reported(site, whose)
      const reportedAt = site.clock.now()
      site.clock.advance({ hours: 1 })
      const today = edits[kind](site, terms, { valid_from: '2026-11-12' })
      await expect(today).rejects.toMatchObject(refusal('/valid_from'))
      await expect(today).rejects.toThrow('can begin on Friday 13 November 2026, not earlier.')
      expect(daysOf(await edits[kind](site, terms, {})).at(-1)).toBe('2026-11-13 – ')
      site.clock.advance({ days: 4 })
      await site.as('responder', (tx) => confirmDefect(tx, id))
      const pinned = await promisesOf(site, id)
      expect(pinned.startAt).toBe(reportedAt)
      expect(Object.values(pinned.terms ?? {}).map((it) => it?.version)).toEqual([1, 1, 1])
    },
  )

  test('keeps its terms when clocks are to start with the confirmation, or another contract follows', async ({
    site,
  }) => {
    const { id, policy_id } = await reading(site)
    const [edited, followed] = [
      await reported(site, whose),
      await reported(site, { ...whose, key: 'CHK-413' }),
    ]
    const reportedAt = site.clock.now()
    const edit = (changes: object) => site.as('administrator', (tx) => reviseContract(tx, id, changes))
    await expect(edit({ clock_starts: 'confirmation', valid_from: '2026-11-12' })).rejects.toMatchObject(
      refusal('/valid_from'),
    )
    await edit({ clock_starts: 'confirmation', valid_to: '2026-11-16' })
    await contract(site, { ...whose, policy_id, valid_from: '2026-11-16' })
    const confirmedOn = async (day: string, defect: string) => {
      site.clock.set(`${day}T12:00:00+05:30`)
      await site.as('responder', (tx) => confirmDefect(tx, defect))
      const { terms, startAt } = await promisesOf(site, defect)
      return { id: terms?.contract?.id, version: terms?.contract?.version, startAt }
    }
    const first = { id, version: 1, startAt: reportedAt }
    expect(await confirmedOn('2026-11-13', edited)).toEqual(first)
    expect(await confirmedOn('2026-11-18', followed)).toEqual(first)
  })

  test('keeps the plan’s terms when its customer gets a contract, which begins after it', async ({
    site,
  }) => {
    await contract(site, { plan: 'Gold', clock_starts: 'report', valid_from: '2026-01-01' })
    const id = await reported(site, { ...whose, plan: 'Gold' })
    const own = (valid_from?: string) => contract(site, { ...whose, valid_from })
    await expect(own('2026-11-05')).rejects.toMatchObject(refusal('/valid_from'))
    await expect(own('2026-11-12')).rejects.toMatchObject(refusal('/valid_from'))
    expect(daysOf(await getContractVersions(site.ctx.read, await own()))).toEqual(['2026-11-13 – '])
    site.clock.advance({ days: 1 })
    await site.as('responder', (tx) => confirmDefect(tx, id))
    expect((await promisesOf(site, id)).terms?.contract?.subject).toEqual({ kind: 'plan', name: 'Gold' })
  })

  test('is in the way of nothing that it does not run under', async ({ site }) => {
    await reading(site)
    await reported(site, whose)
    const others = {
      id: await contract(site, { customer: 'Another', valid_from: '2026-01-01' }),
      policy_id: 'standard',
      calendarId: 'standard',
    }
    // Their contract starts clocks with the confirmation.
    await reported(site, { customer: 'Another', key: 'CHK-413' })
    for (const edit of Object.values(edits)) {
      expect(daysOf(await edit(site, others, { valid_from: '2026-11-12' })).at(-1)).toBe('2026-11-12 – ')
    }
  })
})

describe('a contract', () => {
  test.for<[other: Partial<NewContract>, pointer: string | null, words: string]>([
    [
      {},
      '/valid_from',
      'holds for the same customer from Tuesday 1 December 2026 until the end of Thursday 31 December 2026.',
    ],
    [{ valid_from: '2026-12-31', valid_to: null }, '/valid_from', 'The contract “Gold” holds'],
    [{ valid_from: '2026-11-20', valid_to: '2026-12-02' }, '/valid_to', 'The contract “Gold” holds'],
    [{ valid_from: '2026-11-20', valid_to: null }, '/valid_to', 'The contract “Gold” holds'],
    [{ valid_from: '2026-11-20', valid_to: '2026-12-01' }, null, ''],
    [{ valid_from: '2027-01-01', valid_to: null }, null, ''],
    [{ customer: 'Another' }, null, ''],
    [{ customer: undefined, plan: 'Harbour Mills' }, null, ''],
  ])('has its days for itself: %j', async ([other, pointer, words], { site }) => {
    const days = { valid_from: '2026-12-01', valid_to: '2027-01-01' }
    const first = { name: 'Gold', customer: 'Harbour Mills', ...days }
    await contract(site, first)
    const second = contract(site, { ...first, name: 'Silver', ...other })
    if (pointer === null) await second
    else {
      await expect(second).rejects.toMatchObject(refusal(pointer))
      await expect(second).rejects.toThrow(words)
    }
  })

  test('that two writers make at once is made once', async ({ site }) => {
    const made = await Promise.allSettled([1, 2].map(() => contract(site, { customer: 'Harbour Mills' })))
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(made.find((it) => it.status === 'rejected')?.reason).toMatchObject(refusal('/valid_from'))
  })

  test('ends with a day, can be gone on with, and never with a day that another one has', async ({
    site,
  }) => {
    const id = await contract(site, { customer: 'Harbour Mills' })
    const edit = (changes: object) => site.as('administrator', (tx) => reviseContract(tx, id, changes))
    await edit({ valid_to: '2026-12-01', valid_from: '2026-11-13' })
    site.clock.set('2026-12-05T12:00:00+05:30')
    await expect(edit({ name: 'Silver' })).rejects.toThrow('until the end of Monday 30 November 2026')
    await contract(site, { name: 'New', customer: 'Harbour Mills', valid_from: '2026-12-10' })
    await expect(edit({ valid_to: null })).rejects.toMatchObject(refusal('/valid_to'))
    await edit({ valid_to: '2026-12-10' })
    const versions = await getContractVersions(site.ctx.read, id)
    expect(daysOf(versions)).toEqual([
      '2026-11-12 – 2026-11-13',
      '2026-11-13 – 2026-12-01',
      '2026-12-05 – 2026-12-10',
    ])
  })

  test.for<[first: string, second: string, at: string]>([
    ['Asia/Kolkata', 'America/New_York', '2026-11-17T00:00:00-05:00'],
    ['America/New_York', 'Asia/Kolkata', '2026-11-17T00:00:00+05:30'],
  ])('in %s goes on until the one that follows it has begun in %s', async ([first, second, at], { site }) => {
    const whose = { customer: 'Harbour Mills', valid_from: '2026-11-12' }
    const days = { valid_from: '2026-11-17' }
    await contract(site, { ...whose, ...days, name: 'second', policy_id: await policyIn(site, second) })
    await contract(site, {
      ...whose,
      name: 'first',
      policy_id: await policyIn(site, first),
      valid_to: '2026-11-17',
    })
    const confirmedAt = async (key: string, ms: number) => {
      site.clock.set(new Date(Date.parse(at) + ms).toISOString())
      return (await confirmed(site, { key, customer: 'Harbour Mills' })).terms?.contract?.name
    }
    expect(await confirmedAt('CHK-1', -1)).toBe('first')
    expect(await confirmedAt('CHK-2', 0)).toBe('second')
  })

  test('that was a mistake is called off before it begins, and its days are free again', async ({ site }) => {
    const id = await contract(site, { customer: 'Harbor Mills', valid_from: '2026-12-01' })
    await site.as('administrator', (tx) => reviseContract(tx, id, { valid_to: '2026-12-01' }))
    expect((await termsAt(site, '2026-12-02T12:00:00Z', { customer: 'Harbor Mills' })).contract).toBeNull()
    await contract(site, { customer: 'Harbor Mills', valid_from: '2026-11-20' })
  })

  test('cannot end before the day after its last clock', async ({ site }) => {
    const id = await contract(site, { customer: 'Harbour Mills' })
    site.clock.advance({ days: 1 })
    const { defect } = await confirmed(site, { customer: 'Harbour Mills' })
    const edit = (changes: object) => site.as('administrator', (tx) => reviseContract(tx, id, changes))
    const early = edit({ valid_to: '2026-11-13' })
    await expect(early).rejects.toMatchObject(refusal('/valid_to'))
    await expect(early).rejects.toThrow('The earliest that “valid_to” can say is Saturday 14 November 2026')
    await edit({ valid_to: '2026-11-14' })
    expect((await promisesOf(site, defect.id)).terms?.contract?.id).toBe(id)
    expect(
      (await termsAt(site, '2026-11-13T12:00:00+05:30', { customer: 'Harbour Mills' })).contract?.id,
    ).toBe(id)
    expect(
      (await termsAt(site, '2026-11-16T12:00:00+05:30', { customer: 'Harbour Mills' })).contract,
    ).toBeNull()
  })

  test('leaves the terms of every clock that runs as they would be chosen again', async ({ site }) => {
    const edited = await contract(site, { customer: 'Harbour Mills', clock_starts: 'report' })
    site.clock.set('2026-11-17T12:00:00+05:30')
    const { defect } = await confirmed(site, {
      customer: 'Harbour Mills',
      reported_at: '2026-11-13T12:00:00+05:30',
    })
    const edit = (valid_from: string) =>
      site.as('administrator', (tx) =>
        reviseContract(tx, edited, { clock_starts: 'confirmation', valid_from }),
      )
    // Its clock started on Friday; counted from the confirmation it would be one of Tuesday.
    await expect(edit('2026-11-17')).rejects.toMatchObject(refusal('/valid_from'))
    await edit('2026-11-18')
    const book = await readTermsBook(site.ctx.read)
    const again = termsForDefect(book, defect, defect.confirmedAt ?? 0)
    expect(again.terms.contract?.version).toBe(1)
  })

  test('of which nobody knows whose it is, or of which policy, is refused', async ({ site }) => {
    await expect(contract(site, { customer: 'A', plan: 'B' })).rejects.toMatchObject(refusal('/customer'))
    await expect(contract(site, {})).rejects.toMatchObject(refusal('/customer'))
    await expect(contract(site, { customer: 'A', policy_id: 'nothing' })).rejects.toMatchObject(
      refusal('/policy_id'),
    )
    await expect(
      contract(site, { customer: 'A', valid_from: '2026-12-01', valid_to: '2026-12-01' }),
    ).rejects.toMatchObject(refusal('/valid_to'))
  })
})

describe('a calendar', () => {
  test.for<[wrong: Partial<NewCalendar>, pointer: string]>([
    [{ weekdays: [] }, '/weekdays'],
    [{ windows: [] }, '/windows'],
    [{ windows: [['09:00', '09:00']] }, '/windows/0'],
    [{ time_zone: '+05:30' }, '/time_zone'],
    [{ time_zone: 'Asia/Nowhere' }, '/time_zone'],
    [{ weekdays: [7], excluded_dates: sundays(58) }, '/excluded_dates'],
    [{ excluded_dates: ['2026-02-29'] }, '/excluded_dates/0'],
  ])('that never counts is refused, new or edited: %#', async ([wrong, pointer], { site }) => {
    const make = site.as('administrator', (tx) =>
      createCalendar(tx, { name: 'Days', time_zone: 'UTC', ...wrong } as NewCalendar),
    )
    await expect(make).rejects.toMatchObject(refusal(pointer))
    const edit = site.as('administrator', (tx) => reviseCalendar(tx, 'standard', wrong))
    await expect(edit).rejects.toMatchObject(refusal(pointer))
    expect(await getCalendarVersions(site.ctx.read, 'standard')).toHaveLength(1)
  })
})

type Subjects = { customer?: string; plan?: string; product?: string }

function contract(site: Site, more: Partial<NewContract>): Promise<string> {
  return site.as('administrator', (tx) =>
    createContract(tx, { name: 'A contract', policy_id: 'standard', ...more }),
  )
}

/** A policy whose response is promised within so many hours. */
function policy(site: Site, hours: number): Promise<string> {
  return site.as('administrator', (tx) =>
    createPolicy(tx, { name: 'Quick', calendar_id: 'standard', goals: quicker(hours) }),
  )
}

/** The standard promises, counted in a zone. */
function policyIn(site: Site, time_zone: string): Promise<string> {
  return site.as('administrator', async (tx) => {
    const calendar_id = await createCalendar(tx, { name: `Days of ${time_zone}`, time_zone })
    return createPolicy(tx, { name: time_zone, calendar_id, goals: STANDARD_POLICY.goals })
  })
}

function quicker(hours: number): NewPolicy['goals'] {
  return { ...STANDARD_POLICY.goals, critical: { ...STANDARD_POLICY.goals.critical, response: { hours } } }
}

async function confirmed(
  site: Site,
  { key = 'CHK-412', reported_at, ...subjects }: Subjects & { key?: string; reported_at?: string } = {},
): Promise<DefectPromises> {
  const id = await site.as('responder', async (tx) => {
    const reportedAt = reported_at === undefined ? tx.now : Date.parse(reported_at)
    const report = { key, title: 'Payments are lost', severity: 'critical', reported_at: reportedAt } as const
    const defectId = await reportDefect(tx, { ...report, ...subjects })
    await confirmDefect(tx, defectId)
    return defectId
  })
  return promisesOf(site, id)
}

function reported(
  site: Site,
  { key = 'CHK-412', ...subjects }: Subjects & { key?: string },
): Promise<string> {
  return site.as('responder', (tx) =>
    reportDefect(tx, { key, title: 'Payments are lost', severity: 'critical', ...subjects }),
  )
}

async function promisesOf(site: Site, id: string): Promise<DefectPromises> {
  const defect = await getDefect(site.ctx.read, id)
  const promises = (await readPromises(site.ctx.read, [defect], site.clock.now())).get(id)
  if (!promises) throw new Error('The defect has no promises.')
  return promises
}

/** The terms for what is reported and confirmed at an instant. */
async function termsAt(site: Site, iso: string, { customer, plan, product }: Subjects = {}) {
  const at = Date.parse(iso)
  const subjects = { customer: customer ?? null, plan: plan ?? null, product: product ?? null }
  return termsForDefect(await readTermsBook(site.ctx.read), { ...subjects, reportedAt: at }, at).terms
}

async function policyDays(site: Site): Promise<string[]> {
  return daysOf(await getPolicyVersions(site.ctx.read, 'standard'))
}

function daysOf(versions: Version[]): string[] {
  return versions.map((version) => `${version.validFromOn} – ${endOf(versions, version) ?? ''}`)
}

function sundays(count: number): string[] {
  const first = Temporal.PlainDate.from('2027-01-03')
  return Array.from({ length: count }, (_, weeks) => first.add({ weeks }).toString())
}

function refusal(pointer: string) {
  return expect.objectContaining({ code: 'invalid', fields: [{ pointer, message: expect.any(String) }] })
}
