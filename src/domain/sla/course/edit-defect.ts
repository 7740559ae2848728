import { z } from 'zod'
import { DomainError, type FieldError } from '../../../errors.ts'
import { type Defect, type DefectId, isConfidential, SEVERITIES } from '../../defects/defect.ts'
import { DefectTitle, getDefect, notForEverybody } from '../../defects/defects.ts'
import { SUBJECT_KINDS, SubjectName } from '../../defects/subject.ts'
import { asChanged, record } from '../../events/record.ts'
import type { Tx } from '../../tx.ts'
import { readPromises } from '../read-promises.ts'

export const DefectChanges = z
  .strictObject({
    title: DefectTitle,
    public: z.boolean(),
    severity: z.enum(SEVERITIES),
    customer: SubjectName.nullable(),
    plan: SubjectName.nullable(),
    product: SubjectName.nullable(),
  })
  .partial()
export type DefectChanges = z.infer<typeof DefectChanges>

/**
 * Changes a defect's title or who may see it; until it is confirmed, also how bad it is said to be and whom it concerns.
 * What becomes one customer's, plan's or product's own is not public from then on.
 * @throws DomainError `not-found`; `invalid` for showing everybody what is one customer's, plan's or product's;
 * `conflict` for hiding a promise that everybody has read the outcome of, or is about to, and for correcting what the
 * clocks of a confirmed defect rest on
 */
export async function editDefect(tx: Tx, id: DefectId, changes: DefectChanges): Promise<void> {
  const before = await getDefect(tx.db, id)
  assertCorrectable(before, changes)
  const after = { ...before, ...changes, public: changes.public ?? before.public }
  if (isConfidential(after)) {
    if (changes.public) throw notForEverybody()
    after.public = false
  }
  if (before.public && !after.public) await assertHidable(tx, before)
  const { title, severity, customer, plan, product } = after
  await tx.db
    .updateTable('defect')
    .set({
      ...{ title, severity, customer, plan, product },
      public: after.public ? 1 : 0,
      updated_at: tx.now,
    })
    .where('id', '=', id)
    .execute()
  const told = { ...changes, ...(after.public !== before.public && { public: after.public }) }
  await record(
    tx,
    'defect.edited',
    id,
    isConfidential(before) || isConfidential(after)
      ? { after: { changed: Object.keys(told) } }
      : { before: asChanged({ ...before }, told), after: told },
  )
}

/** @throws DomainError `conflict` naming each field that a confirmation has made firm, and what moves it instead */
function assertCorrectable(before: Defect, changes: DefectChanges): void {
  if (before.confirmedAt === null) return
  const isOther = (field: keyof DefectChanges & keyof Defect) =>
    changes[field] !== undefined && changes[field] !== before[field]
  const fields: FieldError[] = [
    ...(isOther('severity') ? [{ pointer: '/severity', message: SEVERITY_IS_FIRM }] : []),
    ...SUBJECT_KINDS.filter(isOther).map((kind) => ({ pointer: `/${kind}`, message: SUBJECT_IS_FIRM })),
  ]
  if (fields.length === 0) return
  throw new DomainError('conflict', [...new Set(fields.map(({ message }) => message))].join(' '), { fields })
}

const SEVERITY_IS_FIRM =
  'This defect is confirmed, so its severity moves clocks: record the event “severity_changed”, with the reason.'
const SUBJECT_IS_FIRM =
  'The confirmation has chosen the terms by whom this defect concerns, and no event changes them: file another defect.'

/** The record is what became of every promise that was shown, not of those that were kept. */
async function assertHidable(tx: Tx, defect: Defect): Promise<void> {
  const promises = (await readPromises(tx.db, [defect], tx.now)).get(defect.id)
  const told = (promises?.goals ?? []).filter(
    ({ state: { verdict } }) => verdict !== 'open' && verdict !== 'no_promise',
  )
  if (told.length === 0 && !(await wasTold(tx, defect.id))) return
  throw new DomainError(
    'conflict',
    'Promises of this defect have been at risk or judged in public, so it stays public. If its title says too much, change that.',
    { current: { goals: told.map(({ goal, state }) => ({ goal, verdict: state.verdict })) } },
  )
}

/** Whether anything was announced or put on record, though it is not so any more. */
async function wasTold(tx: Tx, id: DefectId): Promise<boolean> {
  const tables = ['sla_announcement', 'sla_verdict'] as const
  const rows = await Promise.all(
    tables.map((table) =>
      tx.db.selectFrom(table).select('goal').where('defect_id', '=', id).executeTakeFirst(),
    ),
  )
  return rows.some((row) => row !== undefined)
}
