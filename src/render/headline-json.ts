import type { ComponentStatus } from '../domain/components/component-status.ts'
import type { HeadlineDocument } from '../domain/status-page/document-views.ts'
import { isCalm } from '../domain/status-page/headline.ts'
import { type PageJson, pageJson } from './v2/page-json.ts'

/** `/headline.json`: the state as the page, the badge and the card say it. Ours; `status.json` tells of components alone. */
export interface HeadlineJson {
  page: PageJson
  headline: {
    status: ComponentStatus | 'no_data'
    /** Nothing is wrong, and nothing is worked on. */
    is_calm: boolean
    sentence: string
    /** The incident that the sentence names. */
    incident_id: string | null
    /** The promise that is due first, in a sentence. */
    promise: string | null
  }
}

export function headlineJson({ page, headline }: HeadlineDocument): HeadlineJson {
  const { status, sentence, incident, nearestPromise } = headline
  return {
    page: pageJson(page),
    headline: {
      status,
      is_calm: isCalm(headline),
      sentence,
      incident_id: incident?.incident.id ?? null,
      promise: nearestPromise?.sentence ?? null,
    },
  }
}
