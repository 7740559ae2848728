import { listEvents } from '../domain/events/list-events.ts'
import { getPage, updatePage } from '../domain/page.ts'
import type { Tx } from '../domain/tx.ts'
import { isTimeZone } from '../lib/time-zones.ts'
import type { ImportedSettings } from './imported-page.ts'

/** How many changes of the page's settings are looked at for one made here. */
const SETTINGS_CHANGES = 100
const NAME_LENGTH = 100

/**
 * Takes name and zone over, unless somebody has set the page up here: that is not undone.
 * @returns what happened, as sentences; none where the page says the same already
 */
export async function importSettings(tx: Tx, settings: ImportedSettings): Promise<string[]> {
  const page = await getPage(tx.db)
  const name = (settings.name ?? page.name).slice(0, NAME_LENGTH)
  const published = settings.timeZone ?? page.timeZone
  const timeZone = isTimeZone(published) ? published : page.timeZone
  if (name === page.name && timeZone === page.timeZone) return []
  const changes = await listEvents(tx.db, { limit: SETTINGS_CHANGES, subjectId: page.id })
  if (changes.some(({ actor }) => actor.kind !== 'import')) {
    return [`The page keeps the name “${page.name}” and the zone ${page.timeZone}: they were set here.`]
  }
  await updatePage(tx, { name, time_zone: timeZone })
  return [`The page is now named “${name}” and its days are those of ${timeZone}.`]
}
