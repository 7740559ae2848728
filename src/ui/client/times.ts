import { instantWords } from '../../lib/calendar-dates.ts'

/** Writes every time in the reader's own zone, in the same words. */
export function tellTimes(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  for (const time of document.querySelectorAll<HTMLTimeElement>('main [data-as]')) {
    const { as } = time.dataset
    const words = instantWords(Date.parse(time.dateTime), zone, { year: as === 'year' })
    time.textContent = as === 'clock' ? words.replace(/.*, /, '') : words
  }
}
