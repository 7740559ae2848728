import type { LocalDate } from '../../lib/dates.ts'
import type { Instant } from '../../lib/instant.ts'
import { isOpen } from '../sla/engine/goal-state.ts'
import type { DefectPromises } from '../sla/promises.ts'
import { type CalendarVersion, calendarInForce, listCalendars } from '../sla/terms/calendars.ts'
import { type ContractLink, listContractLinks } from '../sla/terms/contract-links.ts'
import { type ContractStanding, contractStanding } from '../sla/terms/contract-standing.ts'
import { type Contract, listContracts } from '../sla/terms/contracts.ts'
import { listPolicies, type Policy, policyInForce, STANDARD_POLICY_ID } from '../sla/terms/policies.ts'
import { contractTerms, type Terms } from '../sla/terms/select-terms.ts'
import { heldOf, type Recorded, type Version } from '../sla/terms/validity.ts'
import { readPageView } from '../status-page/page-view.ts'
import { readPromised } from '../status-page/read-promised.ts'
import { readSupportHours, type SupportHoursView } from '../status-page/read-support-hours.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { PageView } from '../status-page/views.ts'
import type { Reader } from '../tx.ts'
import { type KnownSubjects, readKnownSubjects } from './known-subjects.ts'

/** All versions of one policy, calendar or contract. */
export interface Versioned<Of extends Version> {
  id: string
  /** Oldest first. */
  versions: Recorded<Of>[]
  /** That a clock gets which is started now; where none holds, the first one, and of a contract the newest. */
  current: Of
  /** Those that will hold and have not begun, by the day on which they do. */
  coming: { version: Of; from: LocalDate }[]
}

export interface ContractLine extends Versioned<Contract> {
  standing: ContractStanding
}

export interface TermsList {
  page: PageView
  policies: Versioned<Policy>[]
  calendars: Versioned<CalendarVersion>[]
  contracts: ContractLine[]
  support: SupportHoursView[]
}

/** Everything that promises are made of. What contracts promise is for those who may write it, as in the API. */
export async function readTerms(
  reader: Reader,
  viewpoint: Viewpoint,
  { seesContracts }: { seesContracts: boolean },
): Promise<TermsList> {
  const book = await readBook(reader)
  const { now } = viewpoint
  const policies = [...book.policies.keys()].map((id) => policyLine(book, id, now))
  return {
    page: await readPageView(reader, viewpoint),
    policies: policies.filter(({ id }) => seesContracts || id === STANDARD_POLICY_ID),
    calendars: [...book.calendars.keys()].map((id) => calendarLine(book, id, now)),
    contracts: seesContracts ? [...book.contracts.keys()].map((id) => contractLine(book, id, now)) : [],
    support: await readSupportHours(reader, now),
  }
}

/** What an edit of terms reaches and what it leaves alone. */
export interface TermsReach {
  /** Contracts under these terms. */
  contracts: Contract[]
  /** Policies that count by a calendar. */
  policies: Policy[]
  /** Clocks that run under these terms and keep them. */
  running: DefectPromises[]
}

export interface PolicyDesk extends Versioned<Policy> {
  page: PageView
  calendars: CalendarVersion[]
  reach: TermsReach
}

/** Undefined when there is no policy of that id. */
export async function readPolicyDesk(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<PolicyDesk | undefined> {
  const book = await readBook(reader)
  if (!book.policies.has(id)) return undefined
  return {
    ...policyLine(book, id, viewpoint.now),
    page: await readPageView(reader, viewpoint),
    calendars: newestOf(book.calendars),
    reach: {
      contracts: newestOf(book.contracts).filter(({ policyId }) => policyId === id),
      policies: [],
      running: await readRunning(reader, viewpoint, ({ policy }) => policy.id === id),
    },
  }
}

export interface CalendarDesk extends Versioned<CalendarVersion> {
  page: PageView
  reach: TermsReach
}

/** Undefined when there is no calendar of that id. */
export async function readCalendarDesk(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<CalendarDesk | undefined> {
  const book = await readBook(reader)
  if (!book.calendars.has(id)) return undefined
  return {
    ...calendarLine(book, id, viewpoint.now),
    page: await readPageView(reader, viewpoint),
    reach: {
      contracts: [],
      policies: newestOf(book.policies).filter(({ calendarId }) => calendarId === id),
      running: await readRunning(reader, viewpoint, ({ calendar }) => calendar.id === id),
    },
  }
}

export interface ContractDesk extends ContractLine {
  page: PageView
  policies: Policy[]
  /** The oldest first, revoked ones too. */
  links: ContractLink[]
  reach: TermsReach
}

/** Undefined when there is no contract of that id. */
export async function readContractDesk(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<ContractDesk | undefined> {
  const book = await readBook(reader)
  if (!book.contracts.has(id)) return undefined
  return {
    ...contractLine(book, id, viewpoint.now),
    page: await readPageView(reader, viewpoint),
    policies: newestOf(book.policies),
    links: await listContractLinks(reader, id),
    reach: {
      contracts: [],
      policies: [],
      running: await readRunning(reader, viewpoint, ({ contract }) => contract?.id === id),
    },
  }
}

/** What somebody who makes terms chooses from. */
export interface TermsChoices {
  page: PageView
  policies: Policy[]
  calendars: CalendarVersion[]
  subjects: KnownSubjects
}

export async function readTermsChoices(reader: Reader, viewpoint: Viewpoint): Promise<TermsChoices> {
  const book = await readBook(reader)
  return {
    page: await readPageView(reader, viewpoint),
    policies: newestOf(book.policies),
    calendars: newestOf(book.calendars),
    subjects: await readKnownSubjects(reader, viewpoint),
  }
}

/** Every version of everything, with when it was written down. */
async function readBook(reader: Reader) {
  return {
    contracts: await listContracts(reader),
    policies: await listPolicies(reader),
    calendars: await listCalendars(reader),
  }
}

type Book = Awaited<ReturnType<typeof readBook>>

function policyLine(book: Book, id: string, now: Instant): Versioned<Policy> {
  const versions = book.policies.get(id) ?? []
  return versioned(id, versions, policyInForce(versions, book.calendars, now)?.policy)
}

function calendarLine(book: Book, id: string, now: Instant): Versioned<CalendarVersion> {
  const versions = book.calendars.get(id) ?? []
  return versioned(id, versions, calendarInForce(versions, now))
}

function contractLine(book: Book, id: string, now: Instant): ContractLine {
  const versions = book.contracts.get(id) ?? []
  const [first] = versions
  if (first === undefined) throw new Error(`Contract ${id} has no version.`)
  const inForce = contractTerms(book, first.subject, () => now)?.contract
  const current = inForce?.id === id ? inForce : versions.at(-1)
  return { ...versioned(id, versions, current), standing: contractStanding(book, first, now) }
}

function versioned<Of extends Version>(
  id: string,
  versions: Recorded<Of>[],
  inForce: Of | undefined,
): Versioned<Of> {
  const current = inForce ?? versions[0]
  if (current === undefined) throw new Error(`What is ${id} has no version.`)
  const coming = heldOf(versions)
    .filter(({ version }) => version.version > current.version)
    .map(({ version, from }) => ({ version, from }))
  return { id, versions, current, coming }
}

function newestOf<Of extends Version>(things: ReadonlyMap<string, Of[]>): Of[] {
  return [...things.values()].flatMap((versions) => versions.at(-1) ?? [])
}

/** Defects with an open clock that runs under some terms. */
async function readRunning(
  reader: Reader,
  viewpoint: Viewpoint,
  isUnder: (terms: Terms) => boolean,
): Promise<DefectPromises[]> {
  const promised = await readPromised(reader, viewpoint)
  return (promised?.promises ?? []).filter(
    ({ terms, goals }) =>
      terms !== null && isUnder(terms) && goals.some(({ state }) => isOpen(state.verdict)),
  )
}
