/** Where the page stands that a server shows for what is not there. */
export const NOT_FOUND_FILE = '404.html'

/**
 * The file of an address, for a server that knows no more than folders: `/history?component=api&page=2` is
 * `history/component/api/page/2/index.html`. A document with a name of its own, such as `/history.rss`, keeps it.
 */
export function fileOf(address: string): string {
  const path = pathOf(address)
  if (path === '/404') return NOT_FOUND_FILE
  const name = path.slice(1)
  return /\.[a-z0-9]+$/.test(name) ? name : [name, 'index.html'].filter(Boolean).join('/')
}

/** An address without a query, as the copy's own pages write it; what it ends with stays at the end. */
export function pathOf(address: string): string {
  const [path = '/', query = ''] = address.split('?')
  const [, name = '', end = ''] = /^(.*?)(\.[a-z0-9]+)?\/?$/.exec(path) ?? []
  const parts = [...new URLSearchParams(query)].flat().map(encodeURIComponent)
  return [name, ...parts].join('/') + end || '/'
}

/** Leads links with a query to the paths that stand for them. */
export function withPaths(html: string, addresses: Iterable<string>): string {
  let copy = html
  for (const address of addresses) {
    if (!address.includes('?')) continue
    for (const spelling of new Set([
      address,
      address.replaceAll('&', '&amp;'),
      address.replaceAll('&', '&#38;'),
    ]))
      copy = copy.replaceAll(`href="${spelling}"`, `href="${pathOf(address)}"`)
  }
  return copy
}
