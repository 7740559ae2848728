import { parseXml, XmlElement } from '@rgrove/parse-xml'
import { address, keys, listOf, matching, text } from '../../support/shape.ts'
import type { Json } from '../admin/client.ts'

/** The feeds of the history as tables: every element in its place, told apart by its attributes. */

const tag = matching('a tag', /^tag:[^,]+,\d{4}:\S+$/)
const second = matching('an instant to the second', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
/** Pages write a zone of theirs as `+0000`; ours is `GMT`. */
const mailDate = matching('a date as in mail', /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d (\+0000|GMT)$/)

const HTML_LINK = 'link rel=alternate type=text/html'

export const ATOM = keys({
  feed: keys({
    ...{ id: tag, [HTML_LINK]: address, 'link rel=self type=application/atom+xml': address },
    ...{ title: text, updated: second, author: keys({ name: text }) },
    entry: listOf(
      keys({
        ...{ id: tag, published: second, updated: second, [HTML_LINK]: address, title: text },
        'content type=html': text,
      }),
    ),
  }),
})

const CHANNEL = { title: text, link: address, description: text, pubDate: mailDate }
const ITEM = { title: text, description: text, pubDate: mailDate, link: address, guid: address }

/** As pages publish it. */
export const THEIR_RSS = keys({ rss: keys({ channel: keys({ ...CHANNEL, item: listOf(keys(ITEM)) }) }) })

/**
 * The same elements from the library, in its order, which says nothing in RSS 2.0, and three more: who made it and when,
 * where it is to be had, and its language.
 */
export const OUR_RSS = keys({
  rss: keys({
    channel: keys({
      ...{ title: CHANNEL.title, description: CHANNEL.description, link: CHANNEL.link },
      ...{ generator: text, lastBuildDate: mailDate },
      ...{ 'atom:link rel=self type=application/rss+xml': address, pubDate: CHANNEL.pubDate, language: text },
      item: listOf(
        keys({
          ...{ title: ITEM.title, description: ITEM.description, link: ITEM.link },
          ...{ 'guid isPermaLink=true': ITEM.guid, pubDate: ITEM.pubDate },
        }),
      ),
    }),
  }),
})

/** A feed as JSON: elements by name and attributes, in order, with the entries or items in a list. */
export function readFeed(xml: string): Json {
  const { root } = parseXml(xml)
  return root === null ? null : { [root.name]: childrenOf(root) }
}

function childrenOf({ children }: XmlElement): Json {
  const json: Json = {}
  for (const child of children) {
    if (!(child instanceof XmlElement)) continue
    const { href, ...attributes } = child.attributes
    const key = [child.name, ...Object.entries(attributes).map(([name, said]) => `${name}=${said}`)].join(' ')
    const value = child.children.some((one) => one instanceof XmlElement)
      ? childrenOf(child)
      : (href ?? child.text)
    if (REPEATED.has(key)) json[key] = [...(json[key] ?? []), value]
    else if (key in json) throw new Error(`There are two ${key}.`)
    else json[key] = value
  }
  return json
}

const REPEATED = new Set(['entry', 'item'])
