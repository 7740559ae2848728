import type { Font } from 'opentype.js'
import { fontFile, type Subset, subsetOf, type Weight } from './noto-sans.ts'

/** How wide a text is when it is set in Noto Sans, in em. What sets it in another font stretches it to that. */
export async function textWidthEm(text: string, weight: Weight): Promise<number> {
  let width = 0
  for (const { subset, letters } of runsOf(text)) {
    if (subset === undefined) for (const letter of letters) width += guessedEm(letter)
    else {
      const font = await fontOf(subset, weight)
      width += font.getAdvanceWidth(letters, font.unitsPerEm) / font.unitsPerEm
    }
  }
  return width
}

/** How wide a letter is that no font of ours has: those of the Far East are squares, marks stand over others. */
function guessedEm(letter: string): number {
  if (/\p{M}|\p{Cf}/u.test(letter)) return 0
  return /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{Extended_Pictographic}]/u.test(letter)
    ? 1
    : 0.6
}

/** Letters that follow each other and are in the same piece of the font. */
function runsOf(text: string): { subset: Subset | undefined; letters: string }[] {
  const runs: { subset: Subset | undefined; letters: string }[] = []
  for (const letter of text) {
    const last = runs.at(-1)
    const subset = subsetOf(letter)
    if (last !== undefined && last.subset === subset) last.letters += letter
    else runs.push({ subset, letters: letter })
  }
  return runs
}

/** Each read at its first letter: most pages need two of sixteen. */
const fonts = new Map<string, Font>()

async function fontOf(subset: Subset, weight: Weight): Promise<Font> {
  const name = `${subset} ${weight}`
  const known = fonts.get(name)
  if (known !== undefined) return known
  // Loaded with the first badge: a start does not wait for it.
  const { default: opentype } = await import('opentype.js')
  const font = opentype.parse(new Uint8Array(fontFile(subset, weight)).buffer)
  fonts.set(name, font)
  return font
}
