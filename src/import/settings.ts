import { listEvents } from '../domain/events/list-events.ts'
import { adoptPageId, getPage, updatePage } from '../domain/page.ts'
import type { Tx } from '../domain/tx.ts'
import type { ImportedSettings } from './imported-page.ts'

/** How many changes of the page's settings are looked at for one made here. */
const SETTINGS_CHANGES = 100
const NAME_LENGTH = 100

/**
 * Takes name, zone and id over, unless somebody has set the page up here: that is not undone.
 * @returns what happened, as sentences; none where the page says the same already
 */
export async function importSettings(tx: Tx, settings: ImportedSettings): Promise<string[]> {
  const page = await getPage(tx.db)
  const id = settings.id ?? page.id
  const name = (settings.name ?? page.name).slice(0, NAME_LENGTH)
  const timeZone = settings.timeZone ?? page.timeZone
  const isNamed = name === page.name && timeZone === page.timeZone
  if (isNamed && id === page.id) return []
  const changes = await listEvents(tx.db, { limit: SETTINGS_CHANGES, subjectId: page.id })
  if (changes.some(({ actor }) => actor.kind !== 'import')) {
    if (isNamed) return []
    return [`The page keeps the name “${page.name}” and the zone ${page.timeZone}: they were set here.`]
  }
  const told: string[] = []
  if (!isNamed) {
    await updatePage(tx, { name, time_zone: timeZone })
    told.push(`The page is now named “${name}” and its days are those of ${timeZone}.`)
  }
  if (id !== page.id) {
    await adoptPageId(tx, id)
    told.push(`The page keeps the id ${id}, for programs that know it by that.`)
  }
  return told
}
