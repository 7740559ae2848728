import { Parser } from 'htmlparser2'
import { type DomainError, invalidField } from '../../errors.ts'

export const LOGO_LIMIT_BYTES = 64 * 1024

/** In one of those, what stands in quotes here may stand outside of them in a browser. */
const OTHER_ENCODING = /encoding\s*=\s*["'](?!(utf-8|us-ascii)["'])/i

/** What runs, or shows what is no picture; it has no business in a logo. */
const REFUSED = new Set(
  'script foreignobject a set animate animatetransform animatemotion handler listener iframe object embed audio video'.split(
    ' ',
  ),
)
/** A picture refers to its own parts, or to pixels that stand within it. */
const WITHIN = /^\s*(#|data:image\/(png|jpeg|gif|webp);)/i

/**
 * Which of the two kinds of image this is. An SVG may be opened by itself, also where a copy of the page is served
 * without our headers, so one that could run anything is refused and nothing is taken out of it silently.
 * @throws DomainError `invalid` at `/content`
 */
export function logoKind(content: Uint8Array): 'png' | 'svg' {
  if (content.byteLength > LOGO_LIMIT_BYTES) throw wrong(`A logo has at most ${LOGO_LIMIT_BYTES / 1024} kB.`)
  if (isPng(content)) return 'png'
  assertDrawing(utf8(content))
  return 'svg'
}

function isPng(content: Uint8Array): boolean {
  const beginning = Buffer.from(content.subarray(0, 16))
  return beginning.toString('latin1') === '\x89PNG\r\n\x1a\n\0\0\0\rIHDR'
}

function utf8(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    // A TypeError that only says that these bytes are not UTF-8.
    throw wrong('This is neither a PNG nor an SVG in UTF-8.')
  }
}

function assertDrawing(text: string): void {
  let root: string | undefined
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        root ??= name
        assertElement(name, attributes)
      },
      onprocessinginstruction: (name, data) => {
        // Entities can hide what is refused below, and a style sheet in another language can make it.
        if (/^\?xml$/i.test(name) && !OTHER_ENCODING.test(data)) return
        if (/^!doctype$/i.test(name) && !data.includes('[')) return
        throw wrong('This SVG has a part that is no drawing. Save it as plain SVG and try again.')
      },
    },
    { xmlMode: true },
  )
  parser.end(text)
  if (root === undefined || localName(root) !== 'svg') throw wrong('This is neither a PNG nor an SVG.')
}

function assertElement(name: string, attributes: Record<string, string>): void {
  if (REFUSED.has(localName(name)))
    throw wrong(`A logo cannot have “${name}” in it. Save it as plain SVG and try again.`)
  for (const [attribute, value] of Object.entries(attributes)) {
    const local = localName(attribute)
    const isForeign = attribute.toLowerCase().startsWith('xmlns') && /xhtml|mathml/i.test(value)
    const leadsAway = ['href', 'src'].includes(local) && !WITHIN.test(value)
    if (isForeign || leadsAway || local.startsWith('on')) {
      throw wrong(`A logo cannot have “${attribute}” in it. Save it as plain SVG and try again.`)
    }
  }
}

/** Without the prefix: whoever reads it as XML does not care for it either. */
function localName(name: string): string {
  return name.toLowerCase().split(':').at(-1) ?? ''
}

function wrong(message: string): DomainError {
  return invalidField('/content', message)
}
