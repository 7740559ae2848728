import { createHash } from 'node:crypto'
import { accentStyles } from './accent.ts'
import shared from './styles/page.css?inline'

/**
 * What every page is drawn with, the page's own accent in it, which is not known when the site is built: one file, so that
 * a first view waits for one at most. Where the page cache answers it stands in the page itself.
 * The address names what it holds, so that it can be kept for ever.
 */
export function styleSheet(accent: string): { address: string; text: string } {
  const text = shared + accentStyles(accent)
  const print = createHash('sha256').update(text).digest('hex').slice(0, 8)
  return { address: `/theme/${accent.slice(1).toLowerCase()}-${print}.css`, text }
}
