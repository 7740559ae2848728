import { hash } from 'node:crypto'
import { type Content, headerOf } from './entry.ts'
import type { Rendered } from './render.ts'

type Render = (path: string) => Promise<Rendered>
type BuiltFiles = readonly Pick<Content, 'key' | 'body'>[]

const LINKS = /<link rel="stylesheet" href="(\/[^"]+\.css)">/g
const OWN_STYLES = "style-src 'self'"
/** Style sheets of the build are few; the one of the accent is another one after each change of it. */
const TEXTS_KEPT = 50

/**
 * Puts the style sheets that a page names into the page: whoever sees one for the first time waits for one answer, not
 * for two in turn, which on a slow line is most of all waiting. The policy allows these very texts and nothing else
 * inline. The name of a style sheet tells what is in it, so each is made once.
 */
export function withStyleInside(render: Render, builtFiles: BuiltFiles = []): Render {
  const built = new Map(builtFiles.map(({ key, body }) => [key, body]))
  const texts = new Map<string, Promise<string>>()
  const textOf = (address: string): Promise<string> => {
    const known = texts.get(address)
    if (known !== undefined) return known
    if (texts.size >= TEXTS_KEPT) texts.clear()
    const text = built.has(address)
      ? Promise.resolve(String(built.get(address)))
      : render(address).then(({ status, body }) => (status === 200 ? body.toString() : ''))
    texts.set(address, text)
    // Whoever comes after a failure tries again.
    text.catch(() => texts.delete(address))
    return text
  }
  return async (path) => {
    const rendered = await render(path)
    const { status, headers, body } = rendered
    const isHtml = headerOf(headers, 'content-type').startsWith('text/html')
    const isStyled = isHtml && headerOf(headers, 'content-security-policy').includes(OWN_STYLES)
    // Who asks for what is not there is told the same, byte for byte, at private addresses, which no cache answers.
    if (status === 404 || !isStyled) return rendered
    const html = body.toString()
    const addresses = [...new Set(Array.from(html.matchAll(LINKS), ([, address = '']) => address))]
    const all = await Promise.all(addresses.map(async (address) => [address, await textOf(address)] as const))
    const inside = new Map(all.filter(([, text]) => mayStandInside(text)))
    if (inside.size === 0) return rendered
    const hashes = [...inside.values()].map((text) => `'sha256-${hash('sha256', text, 'base64')}'`)
    const allowed = [OWN_STYLES, ...hashes].join(' ')
    return {
      ...rendered,
      headers: headers.map(([name, value]) => [
        name,
        name === 'content-security-policy' ? value.replace(OWN_STYLES, () => allowed) : value,
      ]),
      body: Buffer.from(
        html.replace(LINKS, (link, address: string) => {
          const text = inside.get(address)
          return text === undefined ? link : `<style>${text}</style>`
        }),
      ),
    }
  }
}

/** Whether it is there, and would not end early. */
function mayStandInside(text: string): boolean {
  return text !== '' && !text.includes('</')
}
