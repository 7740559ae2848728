import { ZodError } from 'zod'
import { isUniqueViolation } from '../../db/unique-violation.ts'
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

/** Why a record was refused, as sentences for the person who runs the import. */
export function refusalOf(error: unknown): string {
  if (error instanceof ZodError) return error.issues.map(issueSentence).join(' ')
  if (error instanceof UnusableRecord || error instanceof DomainError) return error.message
  if (isUniqueViolation(error)) return 'It uses an id that something else on this page has.'
  throw error
}

/** A record that parses and yet cannot be stored; the message is a sentence about it. */
export class UnusableRecord extends Error {}

function issueSentence(issue: ZodError['issues'][number]): string {
  const where = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('')
  return where === '' ? 'It is not a JSON object.' : `“${where.slice(1)}” ${issue.message}.`
}
