import { z } from 'zod'

/** The most specific first. */
export const SUBJECT_KINDS = ['customer', 'plan', 'product'] as const

/** Whom something concerns: one customer, everybody on a plan, or everybody who uses a product. */
export interface Subject {
  kind: (typeof SUBJECT_KINDS)[number]
  /** As staff write it; contracts and defects with the same name belong together. */
  name: string
}

export const SubjectName = z.string().trim().min(1, 'This needs a name.').max(100)
