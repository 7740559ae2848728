import { isId } from '../../lib/ids.ts'
import { readVersions } from '../events/newest-event.ts'
import { listSupportHours, type SupportHours } from '../sla/support/support-hours.ts'
import type { Viewpoint } from '../status-page/viewpoint.ts'
import type { Reader } from '../tx.ts'
import { readTermsChoices, type TermsChoices } from './read-terms.ts'

/** Support hours with what they can be changed to. */
export interface SupportDesk extends TermsChoices {
  hours: SupportHours
  /** What a change to them is decided upon. */
  version: number
}

/** Undefined when there are none of that id. */
export async function readSupportDesk(
  reader: Reader,
  id: string,
  viewpoint: Viewpoint,
): Promise<SupportDesk | undefined> {
  if (!isId(id)) return undefined
  const hours = (await listSupportHours(reader)).find((one) => one.id === id)
  if (hours === undefined) return undefined
  const choices = await readTermsChoices(reader, viewpoint)
  return { ...choices, hours, version: (await readVersions(reader, [id])).get(id) ?? 0 }
}
