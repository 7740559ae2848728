import { isRightToLeft } from '../lib/languages.ts'

/** What an element says of the language in which staff have written what stands in it. */
export interface AuthoredAttributes {
  lang: string
  dir?: 'rtl'
}

/**
 * The marks of what staff write: names, texts, notes. Undefined while that is English, as the page's own words are and the
 * page as a whole says. The frame of a page puts them into its locals, so that no piece has to hand them on.
 */
export function authoredAttributes(language: string): AuthoredAttributes | undefined {
  if (new Intl.Locale(language).language === 'en') return undefined
  return { lang: language, ...(isRightToLeft(language) && { dir: 'rtl' }) }
}
