import { clockWords, dateWords, instantWords, zoneWord } from '../../lib/calendar-dates.ts'

/** Writes every time in the reader's own zone, in the same words. */
export function tellTimes(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  for (const time of document.querySelectorAll<HTMLTimeElement>('main time[data-as]')) {
    const at = Date.parse(time.dateTime)
    const { as } = time.dataset
    if (as === 'clock') time.textContent = `${clockWords(at, zone)} ${zoneWord(at, zone)}`
    else if (as === 'date') time.textContent = dateWords(at, zone)
    else time.textContent = instantWords(at, zone, { year: as === 'year' })
  }
}
