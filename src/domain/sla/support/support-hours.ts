import type { Selectable } from 'kysely'
import type { SupportHoursTable } from '../../../db/schema.ts'
import { DomainError } from '../../../errors.ts'
import { type Id, newId } from '../../../lib/ids.ts'
import type { Instant } from '../../../lib/instant.ts'
import { asChanged, record } from '../../events/record.ts'
import type { Reader, Tx } from '../../tx.ts'
import type { OpeningHours } from './opening.ts'
import { NewSupportHours, type SUPPORT_CHANNELS, SupportHoursChanges } from './support-hours-input.ts'

export type SupportHoursId = Id<'support_hours'>
export type SupportChannel = (typeof SUPPORT_CHANNELS)[number]

/** When people answer on one channel, for whom. At most one for each channel, product and plan. */
export interface SupportHours extends OpeningHours {
  id: SupportHoursId
  channel: SupportChannel
  /** For one product, or null for every one. */
  product: string | null
  /** For one plan, or null for every one. */
  plan: string | null
  /** A tel, https or mailto address, or null. */
  contact: string | null
  createdAt: Instant
  updatedAt: Instant
}

/** All of them, the first entered first. */
export async function listSupportHours(reader: Reader): Promise<SupportHours[]> {
  const rows = await reader
    .selectFrom('support_hours')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toSupportHours)
}

/** @throws DomainError `not-found` */
export async function getSupportHours(reader: Reader, id: SupportHoursId): Promise<SupportHours> {
  const row = await reader.selectFrom('support_hours').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new DomainError('not-found', `There are no support hours ${id}.`)
  return toSupportHours(row)
}

/** @throws DomainError `conflict` when there are hours for this channel, product and plan */
export async function createSupportHours(tx: Tx, input: NewSupportHours): Promise<SupportHoursId> {
  const support = NewSupportHours.parse(input)
  await assertFree(tx, support)
  const id = newId<'support_hours'>()
  const { hours, excluded_dates, ...plain } = support
  await tx.db
    .insertInto('support_hours')
    .values({
      id,
      ...plain,
      hours: JSON.stringify(hours),
      excluded_dates: JSON.stringify(excluded_dates),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .execute()
  await record(tx, 'support_hours.created', id, { after: support })
  return id
}

/** @throws DomainError `not-found`, `conflict` when there are others for this channel, product and plan */
export async function updateSupportHours(
  tx: Tx,
  id: SupportHoursId,
  input: SupportHoursChanges,
): Promise<void> {
  const changes = SupportHoursChanges.parse(input)
  const before = await getSupportHours(tx.db, id)
  await assertFree(tx, { ...before, ...changes })
  const { hours, excluded_dates, ...plain } = changes
  await tx.db
    .updateTable('support_hours')
    .set({
      ...plain,
      ...(hours && { hours: JSON.stringify(hours) }),
      ...(excluded_dates && { excluded_dates: JSON.stringify(excluded_dates) }),
      updated_at: tx.now,
    })
    .where('id', '=', id)
    .execute()
  await record(tx, 'support_hours.updated', id, {
    before: asChanged(supportFields(before), changes),
    after: changes,
  })
}

/** @throws DomainError `not-found` */
export async function deleteSupportHours(tx: Tx, id: SupportHoursId): Promise<void> {
  const before = await getSupportHours(tx.db, id)
  await tx.db.deleteFrom('support_hours').where('id', '=', id).execute()
  await record(tx, 'support_hours.deleted', id, { before: supportFields(before) })
}

/** "Payments, Business plan", "Business plan", "Payments" or "everyone". */
export function forWhomWords({ product, plan }: Pick<SupportHours, 'product' | 'plan'>): string {
  const planWords = plan === null || /\bplan$/i.test(plan) ? plan : `${plan} plan`
  return [product, planWords].filter((word) => word !== null).join(', ') || 'everyone'
}

/** Writers follow one another, so whoever comes second sees the first; the index is the net below. */
async function assertFree(
  tx: Tx,
  support: Pick<SupportHours, 'channel' | 'product' | 'plan'> & { id?: SupportHoursId },
): Promise<void> {
  const other = await tx.db
    .selectFrom('support_hours')
    .select('id')
    .where('channel', '=', support.channel)
    .where('product', 'is not distinct from', support.product)
    .where('plan', 'is not distinct from', support.plan)
    .where('id', '<>', support.id ?? '')
    .executeTakeFirst()
  if (!other) return
  const message = `There are already ${support.channel} hours for ${forWhomWords(support)}.`
  throw new DomainError('conflict', message, { current: { id: other.id } })
}

function toSupportHours(row: Selectable<SupportHoursTable>): SupportHours {
  return {
    id: row.id,
    channel: row.channel as SupportChannel,
    product: row.product,
    plan: row.plan,
    timeZone: row.time_zone,
    hours: JSON.parse(row.hours),
    excludedDates: JSON.parse(row.excluded_dates),
    contact: row.contact,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}

/** Support hours in the field names of their changes, as the audit log has them. */
function supportFields({ channel, product, plan, timeZone, hours, excludedDates, contact }: SupportHours) {
  return { channel, product, plan, time_zone: timeZone, hours, excluded_dates: excludedDates, contact }
}
