import { ZodError } from 'zod'
import type { ImportOutcome } from '../../domain/incidents/import-incident.ts'
import { DomainError } from '../../errors.ts'

export const RECORD_KINDS = ['group', 'component', 'incident', 'maintenance'] as const
export type RecordKind = (typeof RECORD_KINDS)[number]

/** What an import came to. */
export interface ImportReport {
  /** What the page took over from the documents, as sentences. */
  page: string[]
  counts: Record<RecordKind, Record<ImportOutcome, number>>
  /** Names of components that only past happenings know. */
  goneComponents: string[]
  refused: { kind: RecordKind; id: string; sentence: string }[]
}

export function emptyReport(): ImportReport {
  const none = () => ({ new: 0, 'brought-up-to-date': 0, unchanged: 0 })
  return {
    page: [],
    counts: { group: none(), component: none(), incident: none(), maintenance: none() },
    goneComponents: [],
    refused: [],
  }
}

/**
 * Why a record was refused, as sentences for the person who runs the import.
 * @throws the error itself when it is not about the record
 */
export function refusalOf(error: unknown): string {
  if (error instanceof ZodError) return error.issues.map(issueSentence).join(' ')
  if (error instanceof UnusableRecord || error instanceof DomainError) return error.message
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && REFUSED_VALUE.test(code)) return `The database does not take it (${code}).`
  throw error
}

/** PostgreSQL's data exceptions and violated constraints, and SQLite's: they are about this record alone. */
const REFUSED_VALUE = /^(2[23]\w{3}|SQLITE_CONSTRAINT\w*)$/

/** A record that parses and yet cannot be stored; the message is a sentence about it. */
export class UnusableRecord extends Error {}

function issueSentence(issue: ZodError['issues'][number]): string {
  const where = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return where === '' ? 'It is not a JSON object.' : `“${where.slice(1)}” ${issue.message}.`
}
