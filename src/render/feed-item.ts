import { changeWords } from '../domain/sla/change-words.ts'
import { promiseSentence } from '../domain/sla/promise-sentence.ts'
import type { DefectPromises } from '../domain/sla/promises.ts'
import { updateWord } from '../domain/status-page/update-words.ts'
import type { IncidentView, MaintenanceView, PageView, UpdateView } from '../domain/status-page/views.ts'
import { instantWords } from '../lib/date-words.ts'
import type { Instant } from '../lib/instant.ts'
import { escapeXml } from '../lib/xml-text.ts'
import { feedHtml, feedTime } from './feed-text.ts'
import { postmortemPlace } from './postmortem-place.ts'

/** All that the body of an item takes of its page. */
export type FeedPage = Pick<PageView, 'timeZone' | 'url'>

/**
 * An incident in the body of a feed item: its updates, newest first, then what was promised. Everything in it is
 * absolute, so that it changes when something has happened and never because time passes.
 */
export function incidentHtml({ incident, updates, defects }: IncidentView, page: FeedPage): string {
  const { postmortem } = incident
  const paragraphs = updates.map((update) => updateHtml(update, page))
  if (postmortem) {
    const html = paragraph(postmortem.publishedAt, 'Postmortem', postmortem.body, page)
    paragraphs.splice(postmortemPlace(updates, postmortem.publishedAt), 0, html)
  }
  return [...paragraphs, ...defects.map((defect) => promisesHtml(defect, page))].join('')
}

/** A maintenance in the body of a feed item: when, then its updates, newest first. */
export function maintenanceHtml({ maintenance, updates }: MaintenanceView, page: FeedPage): string {
  const [from, until] = [maintenance.scheduledFor, maintenance.scheduledUntil].map((at) =>
    instantWords(at, page.timeZone, { year: true }),
  )
  const planned = `<p><strong>Planned maintenance</strong> – from ${from} to ${until}</p>`
  return planned + updates.map((update) => updateHtml(update, page)).join('')
}

function updateHtml(update: UpdateView, page: FeedPage): string {
  return paragraph(update.displayAt, updateWord(update), update.body, page)
}

/** The shape that readers of status feeds know: small time, line break, bold state, dash, text. */
function paragraph(at: Instant, word: string, body: string, page: FeedPage): string {
  const opening = `<p><small>${escapeXml(feedTime(at, page.timeZone))}</small><br><strong>${word}</strong> – `
  const html = feedHtml(body, page.url)
  // A text that begins with a list or a heading cannot go on in the same paragraph.
  return html.startsWith('<p>')
    ? opening + html.slice('<p>'.length)
    : `${opening.slice(0, -' – '.length)}</p>${html}`
}

/** The promises of one defect and what moved them, as plain sentences; nothing while no clock runs. */
function promisesHtml({ defect, terms, goals, changes }: DefectPromises, page: FeedPage): string {
  if (terms === null || goals.length === 0) return ''
  const heading = `<strong>${escapeXml(`${defect.key}: ${defect.title}`)}</strong> (${defect.severity})`
  const sentences = [
    ...goals.map(promiseSentence),
    ...changes.map((change) => `${instantWords(change.at, page.timeZone)}: ${changeWords(change)}`),
  ]
  return `<p>${[heading, ...sentences.map(escapeXml)].join('<br>')}</p>`
}
