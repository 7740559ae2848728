import MarkdownIt from 'markdown-it'
import sanitizeHtml from 'sanitize-html'

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, typographer: false })

/**
 * A person's Markdown as HTML that may stand in a page: no HTML of theirs, no images, no styles, links to the web and to
 * mail only. Headings begin at the given level and leave none out, so that the page's outline stays whole.
 */
export function markdownHtml(body: string, options: { headingsFrom?: number } = {}): string {
  const tokens = markdown.parse(body, {})
  const used = [
    ...new Set(tokens.filter((token) => token.type === 'heading_open').map(({ tag }) => tag)),
  ].sort()
  for (const token of tokens) {
    if (token.type !== 'heading_open' && token.type !== 'heading_close') continue
    token.tag = `h${Math.min(6, (options.headingsFrom ?? 4) + used.indexOf(token.tag))}`
  }
  return sanitizeHtml(markdown.renderer.render(tokens, markdown.options, {}), ALLOWED)
}

/** The same text without any mark-up, on one line: for headlines, descriptions and images. */
export function markdownText(body: string): string {
  const html = markdown.render(body).replace(/<(?:br|\/p|\/li|\/h\d|\/t[dh]|\/pre)\b[^>]*>/g, '$& ')
  const escaped = sanitizeHtml(html, { allowedTags: [], allowedAttributes: {} })
  return escaped
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim()
}

/** The beginning of a text, cut after a sentence when one ends in time, or else after a whole word. */
export function firstWords(text: string, longest = 200): string {
  if (text.length <= longest) return text
  const room = text.slice(0, longest)
  const sentence = /^.*[.!?](?=\s)/s.exec(`${room} `)?.[0]
  if (sentence !== undefined && sentence.length >= longest / 3 && sentence.length <= longest) return sentence
  const words = room.includes(' ') ? room.slice(0, room.lastIndexOf(' ')) : room
  return `${words.replace(/[\s,;:–-]+$/, '')} …`
}

const ALLOWED: sanitizeHtml.IOptions = {
  allowedTags: [
    ...['p', 'br', 'strong', 'em', 's', 'code', 'pre', 'a', 'ul', 'ol', 'li', 'blockquote', 'hr'],
    ...['h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
  ],
  allowedAttributes: { a: ['href', 'rel'], ol: ['start'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  transformTags: { a: sanitizeHtml.simpleTransform('a', { rel: 'nofollow' }) },
}
