import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { IncidentTemplateTable } from '../../db/schema.ts'
import { DomainError } from '../../errors.ts'
import { type Id, newId } from '../../lib/ids.ts'
import type { Instant } from '../../lib/instant.ts'
import { record } from '../events/record.ts'
import type { Reader, Tx } from '../tx.ts'
import { assertOnPage, ComponentStatuses } from '../updates/component-changes.ts'
import { INCIDENT_STATUSES, IncidentName, type IncidentStatus, UpdateBody } from './incident.ts'
import { assertNothingAffected } from './resolving.ts'

export type IncidentTemplateId = Id<'incident_template'>

/** What an incident begins with, written in a calm hour. Name and body may have variables: `{{component}}`. */
export interface IncidentTemplate {
  id: IncidentTemplateId
  /** What staff know it by; nobody else reads it. */
  title: string
  name: string
  status: IncidentStatus
  body: string
  /** How each component is from then on. */
  components: ComponentStatuses
  deliverNotifications: boolean
  createdAt: Instant
  updatedAt: Instant
}

const fields = {
  title: z.string().trim().min(1, 'A template needs a title.').max(200),
  name: IncidentName,
  status: z.enum(INCIDENT_STATUSES),
  body: UpdateBody,
  components: ComponentStatuses,
  deliver_notifications: z.boolean(),
}

export const NewIncidentTemplate = z.strictObject({
  ...fields,
  status: fields.status.default('investigating'),
  components: fields.components.default({}),
  deliver_notifications: fields.deliver_notifications.default(true),
})
export type NewIncidentTemplate = z.input<typeof NewIncidentTemplate>
export const IncidentTemplateChanges = z.strictObject(fields).partial()
export type IncidentTemplateChanges = z.infer<typeof IncidentTemplateChanges>

/** The first made first. */
export async function listIncidentTemplates(reader: Reader): Promise<IncidentTemplate[]> {
  const rows = await reader
    .selectFrom('incident_template')
    .selectAll()
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toIncidentTemplate)
}

export async function findIncidentTemplate(
  reader: Reader,
  id: IncidentTemplateId,
): Promise<IncidentTemplate | undefined> {
  const row = await reader.selectFrom('incident_template').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toIncidentTemplate(row)
}

/** @throws DomainError `not-found` */
export async function getIncidentTemplate(reader: Reader, id: IncidentTemplateId): Promise<IncidentTemplate> {
  const template = await findIncidentTemplate(reader, id)
  if (!template) throw new DomainError('not-found', `There is no incident template ${id}.`)
  return template
}

/** @throws DomainError `invalid` for an unknown component, or a resolved incident that still affects something */
export async function createIncidentTemplate(
  tx: Tx,
  input: NewIncidentTemplate,
): Promise<IncidentTemplateId> {
  const template = NewIncidentTemplate.parse(input)
  await assertPossible(tx.db, template)
  const id = newId<'incident_template'>()
  await tx.db
    .insertInto('incident_template')
    .values({ id, ...columnsOf(template), created_at: tx.now, updated_at: tx.now })
    .execute()
  await record(tx, 'incident_template.created', id, { after: template })
  return id
}

/** @throws DomainError `not-found`; `invalid` as for a new one */
export async function updateIncidentTemplate(
  tx: Tx,
  id: IncidentTemplateId,
  changes: IncidentTemplateChanges,
): Promise<void> {
  const { title, name, status, body, components, deliverNotifications } = await getIncidentTemplate(tx.db, id)
  const before = { title, name, status, body, components, deliver_notifications: deliverNotifications }
  const after = { ...before, ...changes }
  await assertPossible(tx.db, after)
  await tx.db
    .updateTable('incident_template')
    .set({ ...columnsOf(after), updated_at: tx.now })
    .where('id', '=', id)
    .execute()
  await record(tx, 'incident_template.updated', id, { before, after: changes })
}

/**
 * Deletes a template. Incidents that were opened with it stay as they are.
 * @throws DomainError `not-found`
 */
export async function deleteIncidentTemplate(tx: Tx, id: IncidentTemplateId): Promise<void> {
  const before = await getIncidentTemplate(tx.db, id)
  await tx.db.deleteFrom('incident_template').where('id', '=', id).execute()
  await record(tx, 'incident_template.deleted', id, { before: { ...before } })
}

/** What a template says must hold for the incident that it opens. */
async function assertPossible(
  reader: Reader,
  { status, components }: { status: IncidentStatus; components: ComponentStatuses },
): Promise<void> {
  await assertOnPage(reader, Object.keys(components))
  if (status === 'resolved') assertNothingAffected(components)
}

function columnsOf({ components, deliver_notifications, ...same }: z.output<typeof NewIncidentTemplate>) {
  return {
    ...same,
    components: JSON.stringify(components),
    deliver_notifications: deliver_notifications ? (1 as const) : (0 as const),
  }
}

function toIncidentTemplate(row: Selectable<IncidentTemplateTable>): IncidentTemplate {
  return {
    id: row.id,
    title: row.title,
    name: row.name,
    status: row.status as IncidentStatus,
    body: row.body,
    components: JSON.parse(row.components),
    deliverNotifications: row.deliver_notifications === 1,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }
}
