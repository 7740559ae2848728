import { Parser } from 'htmlparser2'

/** What an element leads to, by its name: pages, feeds, styles, scripts, images. */
const ATTRIBUTES: Record<string, string> = { a: 'href', link: 'href', script: 'src', img: 'src' }

/**
 * Every address of ours that a page leads to or loads, as it is written there, without the part after `#`. A form that
 * chooses something leads to each of its choices.
 */
export function linksOf(html: string, origin: string): string[] {
  const links = new Set<string>()
  let form: string | undefined
  let field: string | undefined
  const parser = new Parser({
    onopentag: (name, attributes) => {
      const link = attributes[ATTRIBUTES[name] ?? '']
      if (link !== undefined) links.add(link)
      if (name === 'meta' && attributes.property === 'og:image') links.add(attributes.content ?? '')
      if (name === 'form') form = attributes.action
      if (name === 'select') field = attributes.name
      if (name === 'option' && form !== undefined && field !== undefined && attributes.value)
        links.add(`${form}?${new URLSearchParams({ [field]: attributes.value })}`)
    },
    onclosetag: (name) => {
      if (name === 'form') form = undefined
    },
  })
  parser.end(html)
  return [...links].flatMap((link) => ownAddress(link, origin) ?? [])
}

function ownAddress(link: string, origin: string): string | undefined {
  const path = link.startsWith(`${origin}/`) ? link.slice(origin.length) : link
  const address = path.split('#')[0] ?? ''
  return address.startsWith('/') && !address.startsWith('//') ? address : undefined
}
