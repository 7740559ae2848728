import { EVENT_TYPES, type EventType } from '../events/event-types.ts'
import { getPage } from '../page.ts'
import type { Reader } from '../tx.ts'
import type { DocumentPage } from './document-views.ts'
import type { Viewpoint } from './viewpoint.ts'

/** What staff do with tokens, releases and defects, private ones included, must not show in a public time. */
const PUBLIC_SUBJECTS = ['page', 'component', 'component_group', 'incident', 'maintenance']
const PUBLIC_EVENTS: EventType[] = EVENT_TYPES.filter((type) =>
  PUBLIC_SUBJECTS.includes(type.slice(0, type.indexOf('.'))),
)

/** The page with the time of its latest public change; as long as there is none, that of its own making. */
export async function readDocumentPage(reader: Reader, { url }: Viewpoint): Promise<DocumentPage> {
  const { id, name, timeZone, updatedAt } = await getPage(reader)
  const latest = await reader
    .selectFrom('event')
    .select('at')
    .where('type', 'in', PUBLIC_EVENTS)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return { id, name, timeZone, url, updatedAt: latest?.at ?? updatedAt }
}
