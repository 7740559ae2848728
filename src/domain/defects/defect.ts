import type { Selectable } from 'kysely'
import type { DefectTable } from '../../db/schema.ts'
import type { Id } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'

export type DefectId = Id<'defect'>

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof SEVERITIES)[number]

export interface Defect {
  id: DefectId
  key: string
  title: string
  severity: Severity
  public: boolean
  reportedAt: Instant
  confirmedAt: Instant | null
  createdAt: Instant
  updatedAt: Instant
}

export function toDefect(row: Selectable<DefectTable>): Defect {
  return {
    id: row.id,
    key: row.key,
    title: row.title,
    severity: row.severity as Severity,
    public: row.public === 1,
    reportedAt: row.reported_at,
    confirmedAt: row.confirmed_at,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
