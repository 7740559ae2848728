import type { Reader } from '../tx.ts'
import { type Defect, type DefectId, toDefect } from './defect.ts'

/** The defects that are the return of this one, the first filed first; whoever shows them asks who may see which. */
export async function listFollowers(reader: Reader, id: DefectId): Promise<Defect[]> {
  const rows = await reader
    .selectFrom('defect')
    .selectAll()
    .where('follows_id', '=', id)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toDefect)
}
