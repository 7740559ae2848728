import { statusWord } from '../domain/components/status-words.ts'
import { capital } from '../domain/status-page/update-words.ts'
import type { Headline } from '../domain/status-page/views.ts'
import { firstWords } from '../render/markdown.ts'

/** What fits into a tab, a bookmark and a search result. */
const LONGEST_TITLE = 70

/** A title that begins with the state and ends with the page's name, the middle shortened when it must be. */
export function titleWords(title: string, pageName: string): string {
  const ending = pageName.length > 30 ? '' : ` – ${pageName}`
  return `${firstWords(title, LONGEST_TITLE - ending.length - 2)}${ending}`
}

/** The title of a page about the state now: "Partial outage: Payments fail.", or when all is well just the sentence. */
export function headlineTitle({ status, sentence, incident }: Headline): string {
  const isCalm = (status === 'operational' || status === 'no_data') && incident === null
  return isCalm ? sentence : `${capital(statusWord(status))}: ${sentence}`
}
