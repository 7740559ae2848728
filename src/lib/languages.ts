/** Languages to choose from, as BCP 47 tags; any other tag that means something will do as well. */
const LISTED =
  'af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl pa pl ps pt pt-BR ro ru si sk sl sq sr sv sw ta te th tr uk ur uz vi zh-Hans zh-Hant zu'.split(
    ' ',
  )

const names = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** Languages to choose from with their English names, by name. */
export function listLanguages(): { tag: string; name: string }[] {
  const named = LISTED.map((tag) => ({ tag, name: languageName(tag) }))
  return named.sort((one, other) => one.name.localeCompare(other.name, 'en'))
}

/** What a language is called in English: "Brazilian Portuguese"; its tag, where it has no name. */
export function languageName(tag: string): string {
  return names.of(tag) ?? tag
}

/**
 * A tag as BCP 47 writes it (`pt-br` → `pt-BR`); undefined for a text that names no language.
 * The longest that make sense have a script and a region; a longer one is somebody's mistake.
 */
export function canonicalLanguage(text: string): string | undefined {
  if (text.length > 35) return undefined
  try {
    const { language, baseName } = new Intl.Locale(text)
    return names.of(language ?? '') === undefined ? undefined : baseName
  } catch {
    // A RangeError for every text that is no tag.
    return undefined
  }
}

/** Whether it is written from right to left. */
export function isRightToLeft(tag: string): boolean {
  return new Intl.Locale(tag).getTextInfo().direction === 'rtl'
}
