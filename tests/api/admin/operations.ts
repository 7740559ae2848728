import type { Site } from '../../support/site.ts'
import { BASE, type Json } from './client.ts'

export interface DocumentedOperation {
  method: string
  path: string
  scope: string
  described: Json
}

/** Every operation that the OpenAPI document tells of. */
export async function documentedOperations(site: Site): Promise<DocumentedOperation[]> {
  const document: Json = await (await site.web.request(`${BASE}/openapi.json`)).json()
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods as Json).map(([method, described]) => ({
      method: method.toUpperCase(),
      path,
      scope: (described as Json).security.at(-1).session[0],
      described,
    })),
  )
}
