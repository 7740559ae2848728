import { sql } from 'kysely'
import { type Defect, toDefect } from '../defects/defect.ts'
import type { Reader } from '../tx.ts'

/** So many are shown; more letters make it fewer. */
const MOST = 6

/** Defects that an incident is not linked to, the latest filed first: those whose key or title has a text, or any. */
export async function listLinkableDefects(
  reader: Reader,
  incidentId: string,
  text: string,
): Promise<Defect[]> {
  const pattern = `%${text.toLowerCase().replaceAll(/[\\%_]/g, '\\$&')}%`
  const rows = await reader
    .selectFrom('defect')
    .selectAll()
    .where((eb) =>
      eb.or([
        sql<boolean>`lower(${eb.ref('key')}) like ${pattern} escape '\\'`,
        sql<boolean>`lower(${eb.ref('title')}) like ${pattern} escape '\\'`,
      ]),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('incident_defect')
            .select('defect_id')
            .whereRef('defect_id', '=', 'defect.id')
            .where('incident_id', '=', incidentId),
        ),
      ),
    )
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute()
  return rows.map(toDefect)
}
