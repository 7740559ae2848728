import type { ImportedIncident } from '../domain/incidents/import-incident.ts'
import type { ImportedMaintenance } from '../domain/maintenance/import-maintenance.ts'
import type { Instant } from '../lib/instant.ts'
import { noteLeftOut } from './left-out.ts'
import { refusalOf } from './report.ts'

/** A page of another system in our terms, read and not stored yet. Ids are kept, or follow from those of the source. */
export interface ImportedPage {
  /** The system, as the audit log names it. */
  system: string
  settings: ImportedSettings
  groups: Reading<ImportedGroup>[]
  components: Reading<ImportedComponent>[]
  incidents: Reading<ImportedIncident>[]
  maintenances: Reading<ImportedMaintenance>[]
  /** What has no counterpart here, or was not to be had, as sentences. */
  notes: string[]
}

/** What the page says of itself; nothing where its source does not say. */
export interface ImportedSettings {
  /** As programs know the page. */
  id?: string
  name?: string
  /** One that is known here. */
  timeZone?: string
}

export interface ImportedGroup {
  id: string
  name: string
  description: string | null
  position?: number
  createdAt: Instant | null
  updatedAt: Instant | null
}

export interface ImportedComponent extends ImportedGroup {
  /** A group that is not there is none. */
  groupId: string | null
  /** `YYYY-MM-DD` */
  startOn: string | null
  showcase: boolean
  onlyShowIfDegraded: boolean
}

/** A record of the source: what it says, but for what is left out of it, or why it cannot be taken. */
export type Reading<Record> =
  | { id: string; record: Record; leftOut?: string[] }
  | { id: string; refusal: string; leftOut?: never }

/** Reads records one by one, so that a bad one is reported and the rest are taken. */
export function readEach<Raw, Record extends { id: string }>(
  raws: Raw[],
  read: (raw: Raw) => Record,
): Reading<Record>[] {
  return raws.map((raw) => {
    try {
      const { result: record, leftOut } = noteLeftOut(() => read(raw))
      return { id: record.id, record, ...(leftOut.length > 0 && { leftOut }) }
    } catch (error) {
      return { id: idOf(raw), refusal: refusalOf(error) }
    }
  })
}

function idOf(raw: unknown): string {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined
  return typeof id === 'string' || typeof id === 'number' ? String(id) : 'without an id'
}
