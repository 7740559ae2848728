import type { Component } from '../../domain/components/component.ts'
import { type ComponentStatus, worstStatus } from '../../domain/components/component-status.ts'
import { listImpactsOf, readComponentStatuses } from '../../domain/components/impacts.ts'
import { changeSentence, statusWord } from '../../domain/components/status-words.ts'
import type { Incident } from '../../domain/incidents/incident.ts'
import { listOpenIncidents } from '../../domain/incidents/list-incidents.ts'
import { openIncident } from '../../domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../domain/incidents/post-update.ts'
import { allows, type Scope } from '../../domain/staff/scopes.ts'
import type { Tx } from '../../domain/tx.ts'
import { DomainError, invalidField } from '../../errors.ts'
import { settleIncident } from '../admin/settle.ts'

/** What marks an incident that says how a component is, and nothing else. */
const MARK = 'component_status'

/**
 * Makes a component be as a program says that it is. Here a component is never worse without an incident that tells
 * readers so: the first bad status opens one, another one is its next update, and `operational` resolves it. What
 * others say stays: the component is as bad as the worst of them.
 * @throws DomainError `invalid` for a status that is better than what only others say; `forbidden` to who may post no
 * incident
 */
export async function setComponentStatus(
  tx: Tx,
  component: Component,
  { status, scopes }: { status: ComponentStatus; scopes: readonly Scope[] },
): Promise<void> {
  const open = await findOwnIncident(tx, component)
  const before = open ? await levelBy(tx, open, component) : await currentStatus(tx, component)
  if (status === before) return
  if (!open && worstStatus([status, before]) === before) {
    throw invalidField(
      '/status',
      `This component is ${before}, as an open incident or a maintenance says: it is that one which has to change.`,
    )
  }
  if (!allows(scopes, 'incidents:write')) {
    throw new DomainError(
      'forbidden',
      'A status is told by an incident: this token lacks the scope incidents:write.',
    )
  }
  await say(tx, component, open, { before, status })
}

async function say(
  tx: Tx,
  { id, name }: Component,
  open: Incident | undefined,
  { before, status }: { before: ComponentStatus; status: ComponentStatus },
): Promise<void> {
  const isOver = status === 'operational'
  const update = {
    status: isOver ? ('resolved' as const) : ('investigating' as const),
    body: `${changeSentence({ name, oldStatus: before, newStatus: status })}.`,
    components: { [id]: status },
    // As at Statuspage, where a status that changes tells nobody by itself.
    deliver_notifications: false,
  }
  if (open) {
    await postIncidentUpdate(tx, open.id, { ...update, status: isOver ? 'resolved' : open.status })
    await settleIncident(tx, open.id)
  } else {
    const title = `${name}: ${statusWord(status)}`
    await openIncident(tx, { ...update, name: title, metadata: { [MARK]: { component_id: id } } })
  }
}

/** The incident that was opened for this component's status alone and is still open. */
async function findOwnIncident(tx: Tx, { id }: Component): Promise<Incident | undefined> {
  const open = await listOpenIncidents(tx.db)
  return open.find(({ metadata: { [MARK]: mark } }) => Object(mark).component_id === id)
}

async function levelBy(tx: Tx, { id }: Incident, component: Component): Promise<ComponentStatus> {
  const impacts = (await listImpactsOf(tx.db, [id])).get(id) ?? []
  const lasting = impacts.find((impact) => impact.componentId === component.id && impact.until === null)
  return lasting?.level ?? 'operational'
}

async function currentStatus(tx: Tx, { id }: Component): Promise<ComponentStatus> {
  return (await readComponentStatuses(tx.db, tx.now)).get(id) ?? 'operational'
}
