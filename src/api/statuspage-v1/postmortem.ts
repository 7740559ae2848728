import { z } from 'zod'
import { getIncident } from '../../domain/incidents/list-incidents.ts'
import { Postmortem, publishPostmortem } from '../../domain/incidents/postmortem.ts'
import {
  discardPostmortemDraft,
  findPostmortemDraft,
  savePostmortemDraft,
} from '../../domain/incidents/postmortem-draft.ts'
import { revertPostmortem } from '../../domain/incidents/revert-postmortem.ts'
import type { Reader } from '../../domain/tx.ts'
import { DomainError } from '../../errors.ts'
import { toIso } from '../../lib/instant.ts'
import { ONE_INCIDENT } from './incidents.ts'
import { Flag } from './read-fields.ts'
import type { V1Routes } from './v1-routes.ts'

const PATH = `${ONE_INCIDENT}/postmortem`
const scope = 'incidents:write'
const wrapper = 'postmortem'

/** Whom to tell, which has no effect: a postmortem stands on the page of its incident, and nobody is sent it. */
const telling = {
  notify_twitter: Flag.optional(),
  notify_subscribers: Flag.optional(),
  custom_tweet: z.string().optional(),
}

export function postmortemRoutes(routes: V1Routes): void {
  routes.read(PATH, (reader, { id }) => readPostmortem(reader, id))
  routes.write(
    {
      method: 'PUT',
      path: PATH,
      scope,
      body: { wrapper, fields: z.strictObject({ body_draft: Postmortem.shape.body, ...telling }) },
    },
    async (tx, { id, fields }) => {
      await savePostmortemDraft(tx, id, { body: fields.body_draft })
      return readPostmortem(tx.db, id)
    },
  )
  routes.write(
    { method: 'PUT', path: `${PATH}/publish`, scope, body: { wrapper, fields: z.strictObject(telling) } },
    async (tx, { id }) => {
      const { body, body_draft } = await readPostmortem(tx.db, id)
      const text = body_draft ?? body
      if (text !== undefined && text !== body) await publishPostmortem(tx, id, { body: text })
      return readPostmortem(tx.db, id)
    },
  )
  routes.write({ method: 'PUT', path: `${PATH}/revert`, scope }, async (tx, { id }) => {
    const { body } = await readPostmortem(tx.db, id)
    if (body !== undefined) await revertPostmortem(tx, id)
    return readPostmortem(tx.db, id)
  })
  routes.write({ method: 'DELETE', path: PATH, scope }, async (tx, { id }) => {
    const { body } = await readPostmortem(tx.db, id)
    if (body !== undefined) await revertPostmortem(tx, id)
    await discardPostmortemDraft(tx, id)
    return undefined
  })
}

/** @throws DomainError `not-found`, also where there is neither a draft nor a postmortem */
async function readPostmortem(reader: Reader, id: string) {
  const { postmortem } = await getIncident(reader, id)
  const draft = await findPostmortemDraft(reader, id)
  if (postmortem === null && draft === undefined) {
    throw new DomainError('not-found', 'This incident has no postmortem, and no draft of one.')
  }
  return {
    ...(postmortem && { body: postmortem.body, published_at: toIso(postmortem.publishedAt) }),
    ...(draft && { body_draft: draft.body, body_draft_updated_at: toIso(draft.savedAt) }),
    notify_subscribers: false,
    notify_twitter: false,
  }
}
