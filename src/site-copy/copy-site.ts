import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Content, headerOf } from '../page-cache/entry.ts'
import { NOT_KEPT } from '../page-cache/key.ts'
import type { Rendered } from '../page-cache/render.ts'
import { fileOf, withPaths } from './file-name.ts'
import type { SiteFolder } from './folder.ts'
import { linksOf } from './links.ts'
import { WaitingPages } from './waiting-pages.ts'

/** What a copy is made from. */
export interface Site {
  /** The public origin, without a slash at the end. */
  origin: string
  render(address: string): Promise<Rendered>
  /** What the build has made for browsers. */
  builtFiles: readonly Pick<Content, 'key' | 'body' | 'headers'>[]
}

export interface Copied {
  files: number
  /** How many of them are others than before. */
  changed: number
  /** Addresses where nothing is, each with a page that leads to it. */
  broken: { address: string; from: string }[]
}

interface Options {
  /** Addresses that matter most, to be done before the others. */
  first?: readonly string[]
  /** Is asked between two documents for others that have become the most urgent. */
  urgent?(): Promise<readonly string[]>
  /** Hears how many documents are done, of how many that are known by then. */
  onProgress?(done: number, known: number): void
  signal?: AbortSignal
}

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
function documentsBeside(address: string): string[] {
  const [, kind, id] = /^\/(incidents|components|maintenance)\/(\w+)$/.exec(address) ?? []
  if (kind === undefined) return []
  if (kind === 'components') return [`/uptime/${id}.json`, `/api/v2/components/${id}/uptime.json`]
  const documents = [`/incidents/${id}.json`, `/api/v2/incidents/${id}.json`]
  // Where links to a maintenance led before its page moved here.
  return kind === 'incidents' ? documents : [`/incidents/${id}`, ...documents]
}

/** Groups have no page, and components that were taken off no state, so such documents are found in the list of all. */
function documentsIn(address: string, body: Buffer): string[] {
  if (address !== '/api/v2/components.json') return []
  const { components } = JSON.parse(body.toString()) as ComponentsJson
  return components.flatMap(({ id }) => [`/api/v2/components/${id}.json`, `/components/${id}/badge.svg`])
}

/** What the document is written as; it comes from the same program. */
interface ComponentsJson {
  components: { id: string }[]
}

/**
 * Copies everything that the public can read into a folder: from the home page on, whatever a page leads to. A page of
 * the former copy stays until everything is there that the new one leads to, so that no reader is led nowhere meanwhile.
 * @throws what ends the signal, or Error for a document that cannot be made at present, before the copy is whole: the
 * manifest is then the old one, and no file is gone
 */
export async function copySite(
  { origin, render, builtFiles }: Site,
  folder: SiteFolder,
  { first = [], urgent, onProgress, signal }: Options = {},
): Promise<Copied> {
  const names = new Set<string>()
  const broken: Copied['broken'] = []
  let changed = 0
  const put = async (name: string, body: Buffer, contentType: string) => {
    names.add(name)
    if (await folder.put({ name, body, contentType })) changed += 1
  }
  for (const { key, body, headers } of builtFiles)
    await put(key.slice(1), body, headerOf(headers, 'content-type'))

  const built = new Set(builtFiles.map(({ key }) => key))
  // In the order in which they are found, each with a page that leads to it, where one has to.
  const found = new Map<string, string | null>()
  const find = (address: string, from: string | null) => {
    if (!found.has(address) && !built.has(address) && !NOT_KEPT.test(address)) found.set(address, from)
  }
  const copied = new Set<string>()
  const absent = new Set<string>()
  const isThere = (link: string) =>
    built.has(link) || NOT_KEPT.test(link) || absent.has(link) || folder.has(fileOf(link))
  const waiting = new WaitingPages(isThere)
  const copy = async (address: string, from: string | null) => {
    signal?.throwIfAborted()
    copied.add(address)
    const { status, headers, body } = await render(address)
    const contentType = headerOf(headers, 'content-type')
    if (status >= 500) throw new Error(`${address} cannot be rendered: it is answered with ${status}.`)
    if (status !== (address === '/404' ? 404 : 200)) {
      absent.add(address)
      if (from !== null) broken.push({ address, from })
    } else if (contentType.startsWith('text/html')) {
      const html = body.toString()
      const links = linksOf(html, origin)
      for (const link of links) find(link, address)
      // No page leads to these, and programs know no document of a maintenance that was called off.
      for (const document of documentsBeside(address)) find(document, null)
      // Images, feeds and data lead nowhere themselves, so they can be there before a page that names them.
      for (const link of links) if (!isPage(link) && !isThere(link)) await copy(link, address)
      const name = fileOf(address)
      names.add(name)
      const page = () => put(name, Buffer.from(withPaths(html, links)), contentType)
      await waiting.put({ name, links: folder.has(name) ? links : [], put: page })
    } else {
      for (const document of documentsIn(address, body)) find(document, address)
      await put(fileOf(address), body, contentType)
    }
    await waiting.putThoseThatCan()
    // Whoever else is served by this process has a turn.
    await nextTurn()
  }
  for (const address of ['/', ...first, ...UNLINKED]) find(address, null)
  let done = 0
  for (const [address, from] of found) {
    for (const other of (await urgent?.()) ?? []) await copy(other, null)
    if (!copied.has(address)) await copy(address, from)
    done += 1
    onProgress?.(done, found.size)
  }
  await folder.finish(names)
  return { files: names.size, changed, broken }
}

function isPage(address: string): boolean {
  return fileOf(address).endsWith('.html')
}
