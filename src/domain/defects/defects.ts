import { z } from 'zod'
import { isUniqueViolation } from '../../db/unique-violation.ts'
import { DomainError, invalidField } from '../../errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import { record } from '../events/record.ts'
import { holdsText } from '../holds-text.ts'
import type { Reader, Tx } from '../tx.ts'
import { type Defect, type DefectId, isConfidential, SEVERITIES, type Severity, toDefect } from './defect.ts'
import { type Subject, SubjectName } from './subject.ts'

const key = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._/#-]{0,63}$/,
    'A key is up to 64 letters, digits and . _ / # -, for instance CHK-412.',
  )
export const DefectTitle = z.string().trim().min(1, 'A defect needs a title.').max(200)

export const NewDefect = z.strictObject({
  key,
  title: DefectTitle,
  severity: z.enum(SEVERITIES),
  /** Unless told: yes for what concerns everybody, no for what is of one customer, plan or product. */
  public: z.boolean().optional(),
  customer: SubjectName.nullable().default(null),
  plan: SubjectName.nullable().default(null),
  product: SubjectName.nullable().default(null),
  /** The id of the fixed defect that this one is the return of. */
  follows: z.string().nullable().default(null),
  /** When somebody first told of it; now, when left out. */
  reported_at: z.number().optional(),
})
export type NewDefect = z.input<typeof NewDefect>

/**
 * Files a report. No clock runs until the defect is confirmed.
 * @throws DomainError `invalid` for a report in the future, for showing everybody what is one customer's, plan's or
 * product's, for following a defect that is not there or not fixed; `conflict` for a key that is taken
 */
export async function reportDefect(tx: Tx, input: NewDefect): Promise<DefectId> {
  const defect = NewDefect.parse(input)
  const reportedAt = defect.reported_at ?? tx.now
  if (reportedAt > tx.now) throw invalidField('/reported_at', 'A defect cannot be reported in the future.')
  const isPublic = defect.public ?? !isConfidential(defect)
  if (isPublic && isConfidential(defect)) throw notForEverybody()
  if (defect.follows !== null) await assertFixed(tx.db, defect.follows)
  const id = newId<'defect'>()
  const taken = await tx.db.selectFrom('defect').select('id').where('key', '=', defect.key).executeTakeFirst()
  if (taken) throw keyTaken(defect.key, taken.id)
  try {
    await tx.db
      .insertInto('defect')
      .values({
        id,
        key: defect.key,
        title: defect.title,
        severity: defect.severity,
        public: isPublic ? 1 : 0,
        reported_at: reportedAt,
        confirmed_at: null,
        customer: defect.customer,
        plan: defect.plan,
        product: defect.product,
        follows_id: defect.follows,
        created_at: tx.now,
        updated_at: tx.now,
      })
      .execute()
  } catch (error) {
    // Two reports at the same moment: the look-up above saw neither.
    if (isUniqueViolation(error)) throw keyTaken(defect.key)
    throw error
  }
  const after = { ...defect, public: isPublic, reported_at: reportedAt }
  await record(tx, 'defect.reported', id, { after: isConfidential(defect) ? withoutWords(after) : after })
  return id
}

export async function findDefect(reader: Reader, id: DefectId): Promise<Defect | undefined> {
  const row = await reader.selectFrom('defect').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toDefect(row)
}

/** @throws DomainError `not-found` */
export async function getDefect(reader: Reader, id: DefectId): Promise<Defect> {
  const defect = await findDefect(reader, id)
  if (!defect) throw new DomainError('not-found', `There is no defect ${id}.`)
  return defect
}

/** The defects with these ids, as far as there are such, by key. */
export async function listDefectsById(reader: Reader, ids: DefectId[]): Promise<Defect[]> {
  if (ids.length === 0) return []
  const rows = await reader.selectFrom('defect').selectAll().where('id', 'in', ids).orderBy('key').execute()
  return rows.map(toDefect)
}

/** Defects, the latest filed first; below a cursor where given. */
export async function listDefects(
  reader: Reader,
  options: {
    limit?: number
    below?: { createdAt: Instant; id: DefectId }
    publicOnly?: boolean
    /** Those of one customer, plan or product alone; of several, those of all of them. */
    of?: Subject | Subject[]
    severity?: Severity | undefined
    /** In the key or the title. */
    text?: string | undefined
  } = {},
): Promise<Defect[]> {
  const { limit, below, publicOnly, of = [], severity, text } = options
  let query = reader.selectFrom('defect').selectAll().orderBy('created_at', 'desc').orderBy('id', 'desc')
  if (limit !== undefined) query = query.limit(limit)
  if (publicOnly) query = query.where('public', '=', 1)
  for (const { kind, name } of [of].flat()) query = query.where(kind, '=', name)
  if (severity !== undefined) query = query.where('severity', '=', severity)
  if (text !== undefined) {
    query = query.where((eb) => eb.or([holdsText(text, eb.ref('key')), holdsText(text, eb.ref('title'))]))
  }
  if (below !== undefined) {
    const { createdAt, id } = below
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('created_at', 'id'), '<', tuple(createdAt, id)),
    )
  }
  return (await query.execute()).map(toDefect)
}

/**
 * What was never fixed cannot come back: it goes on.
 * @throws DomainError `invalid` for a defect that is not there, or whose fix is not there or was withdrawn
 */
async function assertFixed(reader: Reader, id: DefectId): Promise<void> {
  const defect = await findDefect(reader, id)
  if (!defect) throw invalidField('/follows', `There is no defect ${id}.`)
  const fix = await reader
    .selectFrom('defect_event as fix')
    .select('fix.id')
    .where('fix.defect_id', '=', id)
    .where('fix.type', '=', 'fixed')
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('defect_event').select('id').whereRef('withdraws_id', '=', 'fix.id'))),
    )
    .executeTakeFirst()
  if (fix) return
  throw invalidField(
    '/follows',
    `${defect.key} is not fixed, so it cannot have come back: its own clocks go on.`,
  )
}

/** Their terms would show by their deadlines, so nothing under a contract is for everybody. */
export function notForEverybody(): DomainError {
  return invalidField('/public', 'What is of one customer, plan or product is not shown to everybody.')
}

/** Of a confidential defect the audit log tells that it is there, and nothing that it says. */
function withoutWords({ severity, public: isPublic, reported_at }: Record<string, unknown>) {
  return { severity, public: isPublic, reported_at }
}

function keyTaken(taken: string, id?: DefectId): DomainError {
  return new DomainError('conflict', `There is already a defect ${taken}.`, {
    fields: [{ pointer: '/key', message: `There is already a defect ${taken}.` }],
    current: id === undefined ? undefined : { id },
  })
}
