import { findComponent } from '../components/components.ts'
import type { Reader } from '../tx.ts'
import { readDocumentPage } from './document-page.ts'
import type { UptimeDocument } from './document-views.ts'
import { readUptimePage } from './uptime-months.ts'
import type { Viewpoint } from './viewpoint.ts'

/**
 * The uptime of one component by day, so many months a page, page 1 being the newest. Undefined for an unknown
 * component or a page before its first month.
 */
export async function readUptimeDocument(
  reader: Reader,
  asked: { componentId: string; number: number; monthsPerPage: number },
  viewpoint: Viewpoint,
): Promise<UptimeDocument | undefined> {
  const component = await findComponent(reader, asked.componentId)
  if (!component) return undefined
  const page = await readDocumentPage(reader, viewpoint)
  const moment = { zone: page.timeZone, now: viewpoint.now }
  const found = await readUptimePage(reader, component, asked, moment)
  return found && { page, component, months: found.months }
}
