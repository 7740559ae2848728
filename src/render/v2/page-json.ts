import type { DocumentPage } from '../../domain/status-page/document-views.ts'
import { toIso } from '../../lib/instant.ts'

/** The page, which comes first in every document. The order of the keys is that of the dialect. */
export interface PageJson {
  id: string
  name: string
  url: string
  time_zone: string
  updated_at: string
}

export function pageJson({ id, name, url, timeZone, updatedAt }: DocumentPage): PageJson {
  return { id, name, url, time_zone: timeZone, updated_at: toIso(updatedAt) }
}
