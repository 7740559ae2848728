import { type NewDefect, reportDefect } from '../../src/domain/defects/defects.ts'
import { linkDefect } from '../../src/domain/defects/links.ts'
import { type NewDefectEvent, recordDefectEvent } from '../../src/domain/sla/course/record-defect-event.ts'
import { confirmDefect } from '../../src/domain/sla/terms/confirm-defect.ts'
import { createContractLink } from '../../src/domain/sla/terms/contract-links.ts'
import { createCalendar } from '../../src/domain/sla/terms/write-calendar.ts'
import { createContract, type NewContract } from '../../src/domain/sla/terms/write-contract.ts'
import { createPolicy } from '../../src/domain/sla/terms/write-policy.ts'
import { DAY_MS, type Instant } from '../../src/lib/instant.ts'
import type { PublicWorld, Write } from './public-world.ts'

/** Stands in every text of the first contract and of what is under it, and nowhere else. */
export const PRIVATE_MARK = 'kanarie7f3a9c'
/** The same for a second customer's. */
export const OTHER_MARK = 'merel5d2e8b04'
/** In what is of nobody in particular and yet not public: for staff alone. */
export const INTERNAL_MARK = 'ortolan61c90e'
/** Nobody but the first contract counts in this zone, and only while these hours last. */
export const PRIVATE_ZONE = 'Asia/Kathmandu'
export const PRIVATE_WINDOW: [open: string, close: string] = ['01:47', '03:47']
/** A day that only one of them was told. */
export const PRIVATE_DAY = '2031-07-23'

/** Contracts with everything under them; of each the ids and the secret of its private address. */
export interface PrivateWorld {
  customer: PrivateContract & { defects: Record<keyof typeof COURSES, string> }
  plan: PrivateContract & { defect: string }
  product: PrivateContract & { defect: string }
  /** Another customer, on the same plan. */
  other: PrivateContract & { defect: string }
  /** A defect that is shown to nobody but staff. */
  internal: string
  calendars: string[]
  policies: string[]
  events: string[]
}

interface PrivateContract {
  contract: string
  link: string
  secret: string
}

/** Texts with everything that must be escaped somewhere, the mark first, so that no shortening cuts it off. */
export const told = (mark: string, what: string) => `${mark} “${what}” <b>&amp; "é" 'ø'`

/** What happens to each defect of the customer; days before the last noon in its zone, at which no clock runs. */
const COURSES = {
  open: { daysAgo: 2, event: null },
  atRisk: { daysAgo: 8, event: null },
  missed: { daysAgo: 15, event: null },
  paused: { daysAgo: 2, event: { type: 'paused' } },
  deferred: { daysAgo: 2, event: { type: 'deferred', until: PRIVATE_DAY } },
  worsened: { daysAgo: 2, event: { type: 'severity_changed', severity: 'critical', change: 'worsened' } },
  fixed: { daysAgo: 3, event: { type: 'fixed' } },
  returned: { daysAgo: 2, event: null },
  unconfirmed: { daysAgo: null, event: null },
} as const satisfies Record<
  string,
  { daysAgo: number | null; event: Pick<NewDefectEvent, 'type' | 'until' | 'severity' | 'change'> | null }
>

/**
 * Adds contracts with customers, a plan and a product, and defects of theirs in every state, linked to what everybody
 * sees. In windows of two hours a day every deadline of the first contract falls on 03:47 in its zone.
 */
export async function addPrivateWorld(write: Write, world: PublicWorld): Promise<PrivateWorld> {
  const terms = await makeTerms(write)
  const customer = told(PRIVATE_MARK, 'customer')
  const plan = told(PRIVATE_MARK, 'plan')
  const product = told(PRIVATE_MARK, 'product')
  const otherCustomer = told(OTHER_MARK, 'customer')
  const contracts = {
    customer: await sign(write, PRIVATE_MARK, { customer, policy_id: terms.policy }),
    plan: await sign(write, PRIVATE_MARK, { plan, policy_id: terms.policy }),
    product: await sign(write, PRIVATE_MARK, { product, policy_id: terms.policy }),
    other: await sign(write, OTHER_MARK, { customer: otherCustomer, policy_id: terms.otherPolicy }),
  }
  // On a plan as well: those who are only on the plan see nothing of it.
  const { defects, events } = await fileCourses(write, world, { customer, plan })
  return {
    customer: { ...contracts.customer, defects },
    plan: { ...contracts.plan, defect: await file(write, PRIVATE_MARK, 'PLAN', 2, { plan }) },
    product: { ...contracts.product, defect: await file(write, PRIVATE_MARK, 'PRODUCT', 2, { product }) },
    other: {
      ...contracts.other,
      defect: await file(write, OTHER_MARK, 'OTHER', 2, { customer: otherCustomer, plan }),
    },
    internal: await file(write, INTERNAL_MARK, 'INTERNAL', 2, { public: false }),
    calendars: [terms.calendar],
    policies: [terms.policy, terms.otherPolicy],
    events,
  }
}

/** A policy that counts by nights in a zone of its own, and one that counts as everybody does. */
function makeTerms(write: Write): Promise<{ calendar: string; policy: string; otherPolicy: string }> {
  const own = { response: { hours: 20 }, workaround: { hours: 40 }, fix: { hours: 200 } }
  const goals = { critical: own, high: own, medium: own, low: { ...own, fix: { release: 'next' as const } } }
  return write(async (tx) => {
    const calendar = await createCalendar(tx, {
      name: told(PRIVATE_MARK, 'nights'),
      time_zone: PRIVATE_ZONE,
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      windows: [PRIVATE_WINDOW],
    })
    return {
      calendar,
      policy: await createPolicy(tx, { name: told(PRIVATE_MARK, 'terms'), calendar_id: calendar, goals }),
      otherPolicy: await createPolicy(tx, {
        name: told(OTHER_MARK, 'terms'),
        calendar_id: 'standard',
        goals,
      }),
    }
  })
}

function sign(
  write: Write,
  mark: string,
  terms: Omit<NewContract, 'name' | 'pausable_goals'>,
): Promise<PrivateContract> {
  return write(async (tx) => {
    const contract = await createContract(tx, {
      name: told(mark, 'contract'),
      pausable_goals: ['workaround', 'fix'],
      valid_from: new Date(tx.now - 60 * DAY_MS).toISOString().slice(0, 10),
      ...terms,
    })
    const { id, secret } = await createContractLink(tx, contract, { name: told(mark, 'link') })
    return { contract, link: id, secret }
  })
}

/** Files a defect and, unless told otherwise, confirms it at a noon so many days ago. */
function file(
  write: Write,
  mark: string,
  key: string,
  daysAgo: number | null,
  about: Partial<NewDefect>,
): Promise<string> {
  return write(async (tx) => {
    const at = daysAgo === null ? tx.now : noonBefore(tx.now, daysAgo)
    const text = { key: `${mark}-${key}`, title: `${mark}: trouble ${key}` }
    const id = await reportDefect(tx, { ...text, severity: 'high', reported_at: at, ...about })
    if (daysAgo !== null) await confirmDefect(tx, id, at)
    return id
  })
}

async function fileCourses(
  write: Write,
  world: PublicWorld,
  subjects: Pick<NewDefect, 'customer' | 'plan'>,
): Promise<Pick<PrivateWorld, 'events'> & Pick<PrivateWorld['customer'], 'defects'>> {
  const events: string[] = []
  const happen = async (id: string, event: NewDefectEvent, what: string) => {
    const note = told(PRIVATE_MARK, what)
    events.push(await write((tx) => recordDefectEvent(tx, id, { ...event, note })))
  }
  const defects = {} as PrivateWorld['customer']['defects']
  for (const name of Object.keys(COURSES) as (keyof typeof COURSES)[]) {
    const { daysAgo, event } = COURSES[name]
    const about = name === 'returned' ? { ...subjects, follows: world.defects.fixed } : subjects
    const id = await file(write, PRIVATE_MARK, name.toUpperCase(), daysAgo, about)
    defects[name] = id
    if (event) await happen(id, event, `why it is ${name}`)
    await write((tx) => linkDefect(tx, world.incidents.open, id))
  }
  await happen(defects.open, { type: 'responded', incident_update_id: world.update }, 'responded')
  const fix = { type: 'fixed', release_id: world.releases.published } as const
  await happen(defects.returned, fix, 'fixed')
  await happen(defects.returned, { type: 'withdrawn' }, 'withdrawn')
  await letFollow(write, world.defects.returned, defects.fixed)
  await write((tx) => linkDefect(tx, world.incidents.resolved, defects.fixed))
  return { defects, events }
}

/** Makes a public defect that is there already the return of a private one, which only filing it could have done. */
async function letFollow(write: Write, id: string, follows: string): Promise<void> {
  await write((tx) => tx.db.updateTable('defect').set({ follows_id: follows }).where('id', '=', id).execute())
}

function noonBefore(at: Instant, days: number): Instant {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(PRIVATE_ZONE)
  const noon = local.withPlainTime('12:00')
  const last = Temporal.ZonedDateTime.compare(noon, local) > 0 ? noon.subtract({ days: 1 }) : noon
  return last.subtract({ days }).epochMilliseconds
}
