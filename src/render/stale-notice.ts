import { clockWords, dateWords, instantWords, zoneWord } from '../lib/date-words.ts'
import { type Instant, toShortIso } from '../lib/instant.ts'

/**
 * A page with a sentence, before all that it says, that it could not be brought up to date and of when it is. The
 * sentence stands in `main`, so that pages that are open get and lose it with everything else; a document without one is
 * left as it is.
 */
export function withStaleNotice(html: string, asOf: Instant, timeZone: string): string {
  // The browser's script writes the reader's own zone instead of the page's and UTC.
  const words = instantWords(asOf, timeZone, { year: true }) + utcWords(asOf, timeZone)
  const time = `<time datetime="${toShortIso(asOf)}" data-as="year">${words}</time>`
  const sentence = `This page could not be brought up to date. It shows the state of ${time}.`
  const notice = `<div class="stale-notice" role="status"><p class="wrap small">${sentence}</p></div>`
  return html.replace(/<main\b[^>]*>/, (main) => main + notice)
}

/** " (14:05 UTC)" beside a time of another zone; with the date where it is another one. */
function utcWords(at: Instant, timeZone: string): string {
  if (zoneWord(at, timeZone) === 'UTC') return ''
  const date = dateWords(at, 'UTC')
  const isSameDate = date === dateWords(at, timeZone)
  return ` (${isSameDate ? '' : `${date}, `}${clockWords(at, 'UTC')} UTC)`
}
