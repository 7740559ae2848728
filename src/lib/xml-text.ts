/** Everything XML 1.0 forbids, lone surrogates included, for they are no characters at all. */
const FORBIDDEN = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** The text without the characters that no XML document may hold, not even escaped. */
export function xmlText(text: string): string {
  return text.replace(FORBIDDEN, '')
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** The text as it stands in an element or a quoted attribute, of XML and of HTML alike. */
export function escapeXml(text: string): string {
  return xmlText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
