/**
 * Words that must not be torn apart at the end of a line stay together: "13 November", "06:14–08:55 UTC", "2 d 4 h",
 * "100 %". For what a page draws; feeds and JSON keep plain spaces.
 */
export function unbroken(words: string): string {
  return words.replace(/(?<=\d) |(?<=\d [dh]) (?=\d)| (?=–)/g, '\u00a0').replaceAll('–', '–\u2060')
}
