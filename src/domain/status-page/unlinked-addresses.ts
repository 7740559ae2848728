import { ERROR_CODES } from '../../errors.ts'
import { listComponents } from '../components/components.ts'
import type { Reader } from '../tx.ts'
import { listShownDefects, readAudience } from './audience.ts'
import type { Viewpoint } from './viewpoint.ts'

/** What programs and other sites ask for; some of it is there only while promises are shown. */
const DOCUMENTS = [
  '/embed',
  '/headline.json',
  '/history.json',
  '/api/v2/summary.json',
  '/api/v2/status.json',
  '/api/v2/components.json',
  '/api/v2/incidents.json',
  '/api/v2/incidents/unresolved.json',
  '/api/v2/scheduled-maintenances.json',
  '/api/v2/scheduled-maintenances/upcoming.json',
  '/api/v2/scheduled-maintenances/active.json',
  '/api/v2/sla/record.json',
  '/api/v2/sla/record.schema.json',
  '/api/v2/sla/commitments.json',
  '/api/v2/sla/commitments.schema.json',
]

/**
 * Addresses of the public page that no page of it has to lead to: documents, what an answer of the API names as its
 * problem, defects, which people are told of before they are confirmed and any promise is shown, and components, which
 * may have been taken off, or be shown only while something is wrong with them.
 */
export async function unlinkedAddresses(reader: Reader, viewpoint: Viewpoint): Promise<string[]> {
  const defects = await listShownDefects(reader, await readAudience(reader, viewpoint))
  const components = await listComponents(reader, { archived: true })
  return [
    ...DOCUMENTS,
    ...ERROR_CODES.map((code) => `/problems/${code}`),
    ...defects.map(({ id }) => `/defects/${id}`),
    ...components.map(({ id }) => `/components/${id}`),
  ]
}
