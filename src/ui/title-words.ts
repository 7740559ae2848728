import { firstWords } from '../render/markdown.ts'

/** What fits into a tab, a bookmark and a search result. */
const LONGEST_TITLE = 70

/** A title that begins with the state and ends with the page's name, the middle shortened when it must be. */
export function titleWords(title: string, pageName: string): string {
  const ending = pageName.length > 30 ? '' : ` – ${pageName}`
  return `${firstWords(title, LONGEST_TITLE - ending.length - 2)}${ending}`
}
