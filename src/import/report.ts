import { ZodError } from 'zod'
import type { ImportOutcome } from '../domain/incidents/import-incident.ts'
import { DomainError, type ErrorCode } from '../errors.ts'
import type { Instant } from '../lib/instant.ts'

export const RECORD_KINDS = ['group', 'component', 'incident', 'maintenance'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

/** What an import came to, or, after a rehearsal, what one would come to. */
export interface ImportReport {
  /** What the page took over from its source, as sentences. */
  page: string[]
  counts: Record<RecordKind, Record<ImportOutcome, number>>
  /** When the earliest record began that was taken, and when the latest did. */
  spans: Partial<Record<RecordKind, { from: Instant; until: Instant }>>
  /** Names of components that only past happenings know, by id. */
  goneComponents: Map<string, string>
  /** What has no counterpart here, or was not to be had, as sentences. */
  notes: string[]
  refused: { kind: RecordKind; id: string; sentence: string }[]
}

export function emptyReport(): ImportReport {
  const none = () => ({ new: 0, 'brought-up-to-date': 0, unchanged: 0 })
  return {
    page: [],
    counts: { group: none(), component: none(), incident: none(), maintenance: none() },
    spans: {},
    goneComponents: new Map(),
    notes: [],
    refused: [],
  }
}

/**
 * Why a record was refused, as sentences for the person who runs the import.
 * @throws the error itself when it is not about the record
 */
export function refusalOf(error: unknown): string {
  if (error instanceof ZodError) return error.issues.slice(0, ISSUES_TOLD).map(issueSentence).join(' ')
  if (error instanceof UnusableRecord) return error.message
  if (error instanceof DomainError && ABOUT_THE_RECORD.has(error.code)) return error.message
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && REFUSED_VALUE.test(code)) return `The database does not take it (${code}).`
  throw error
}

/** Any other is about the database, and the next record would fare no better. */
const ABOUT_THE_RECORD = new Set<ErrorCode>(['conflict', 'invalid', 'not-found'])

/** A record of ten thousand updates may have something wrong in each. */
const ISSUES_TOLD = 5

/** PostgreSQL's data exceptions and violated constraints, and SQLite's: they are about this record alone. */
const REFUSED_VALUE = /^(2[23]\w{3}|SQLITE_CONSTRAINT\w*)$/

/** A record that parses and yet cannot be stored; the message is a sentence about it. */
export class UnusableRecord extends Error {}

function issueSentence(issue: ZodError['issues'][number]): string {
  const where = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return where === '' ? 'It is not a JSON object.' : `“${where.slice(1)}” ${issue.message}.`
}
