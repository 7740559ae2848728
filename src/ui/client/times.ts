import { instantWords, spanWords } from '../../lib/date-words.ts'
import { unbroken } from '../unbroken.ts'
import { findAll } from './find.ts'

/** Writes every time in the reader's own zone, in the same words. */
export function tellTimes(): void {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  let before: HTMLTimeElement | undefined
  for (const time of findAll<HTMLTimeElement>('main [data-as]')) {
    const { as } = time.dataset
    const at = Date.parse(time.dateTime)
    let words = instantWords(at, zone, { year: as === 'year' })
    if (as === 'clock') words = words.replace(/.*, /, '')
    // The end of a stretch: what both ends share is said once, in the reader's zone as well.
    if (as === 'until' && before) {
      const span = spanWords(Date.parse(before.dateTime), at, zone, { year: before.dataset.as === 'year' })
      before.textContent = unbroken(span[0])
      words = span[1]
    }
    time.textContent = unbroken(words)
    before = time
  }
}
