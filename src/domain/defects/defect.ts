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
  /** Whom it concerns, as contracts name them; null: everybody. */
  customer: string | null
  plan: string | null
  product: string | null
  /** The fixed defect that this one is the return of. */
  followsId: DefectId | null
  createdAt: Instant
  updatedAt: Instant
}

/** Whether it is one of a customer's, a plan's or a product's own: what it says is nobody else's, the audit log's included. */
export function isConfidential(defect: Pick<Defect, 'customer' | 'plan' | 'product'>): boolean {
  return defect.customer !== null || defect.plan !== null || defect.product !== null
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
    customer: row.customer,
    plan: row.plan,
    product: row.product,
    followsId: row.follows_id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
