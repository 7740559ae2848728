/** What no page leads to; some of it is there only while promises are shown. */
export const UNLINKED = [
  '/404',
  '/embed',
  '/headline.json',
  '/history.json',
  '/api/v2/summary.json',
  '/api/v2/status.json',
  '/api/v2/components.json',
  '/api/v2/incidents.json',
  '/api/v2/incidents/unresolved.json',
  '/api/v2/scheduled-maintenances.json',
  '/api/v2/scheduled-maintenances/upcoming.json',
  '/api/v2/scheduled-maintenances/active.json',
  '/api/v2/sla/record.json',
  '/api/v2/sla/record.schema.json',
  '/api/v2/sla/commitments.json',
  '/api/v2/sla/commitments.schema.json',
]

/** Documents that tell what a page tells, at addresses of their own. */
export function documentsBeside(address: string): string[] {
  const [, kind, id] = /^\/(incidents|components|maintenance)\/(\w+)$/.exec(address) ?? []
  if (kind === undefined) return []
  if (kind === 'components') return [`/uptime/${id}.json`, `/api/v2/components/${id}/uptime.json`]
  const documents = [`/incidents/${id}.json`, `/api/v2/incidents/${id}.json`]
  // Where links to a maintenance led before its page moved here.
  return kind === 'incidents' ? documents : [`/incidents/${id}`, ...documents]
}

/** Groups have no page, and components that were taken off no state, so such documents are found in the list of all. */
export function documentsIn(address: string, body: Buffer): string[] {
  if (address !== '/api/v2/components.json') return []
  const { components } = JSON.parse(body.toString()) as ComponentsJson
  return components.flatMap(({ id }) => [`/api/v2/components/${id}.json`, `/components/${id}/badge.svg`])
}

/** What the document is written as; it comes from the same program. */
interface ComponentsJson {
  components: { id: string }[]
}
