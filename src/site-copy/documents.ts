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

/** A document of a long past comes in pages: the next one, which need not be there. */
export function nextPageOf(address: string, body: Buffer): string | null {
  const [path = '', page = '1'] = address.split('?page=')
  if (path === '/history.json') {
    const { next_page } = JSON.parse(body.toString()) as HistoryJson
    return next_page === null ? null : `${path}?page=${next_page}`
  }
  return UPTIME.test(path) ? `${path}?page=${Number(page) + 1}` : null
}

const UPTIME = /^\/(uptime\/\w+|api\/v2\/components\/\w+\/uptime)\.json$/

/** What the documents are written as; they come from the same program. */
interface ComponentsJson {
  components: { id: string }[]
}
interface HistoryJson {
  next_page: number | null
}
