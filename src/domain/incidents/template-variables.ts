/** In double braces, up to 40 letters, digits, spaces, `_` and `-`, a letter first: `{{component}}`. */
const VARIABLE = /\{\{\s*(\p{L}[\p{L}\p{N}_ -]{0,39}?)\s*\}\}/gu

/** The words that texts leave to be said when they are used, each once, in the order in which they come up. */
export function variablesIn(...texts: string[]): string[] {
  return [...new Set(texts.flatMap((text) => [...text.matchAll(VARIABLE)].map(([, word = '']) => word)))]
}

/** A text with what stands for each word in its place; a word that nothing stands for is left as it is. */
export function fillIn(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(VARIABLE, (whole, word: string) => values.get(word) || whole)
}
