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
