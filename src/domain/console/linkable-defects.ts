import { type Defect, toDefect } from '../defects/defect.ts'
import { holdsText } from '../holds-text.ts'
import type { Reader } from '../tx.ts'

/** So many are shown; more letters make it fewer. */
const MOST = 6

/** Defects that an incident is not linked to, the latest filed first: those whose key or title has a text, or any. */
export async function listLinkableDefects(
  reader: Reader,
  incidentId: string,
  text: string,
): Promise<Defect[]> {
  const rows = await reader
    .selectFrom('defect')
    .selectAll()
    .where((eb) => eb.or([holdsText(text, eb.ref('key')), holdsText(text, eb.ref('title'))]))
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
