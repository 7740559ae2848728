import type { Font } from 'satori'
import { xmlText } from '../lib/xml-text.ts'
import { fontFile, SUBSETS, subsetOf, WEIGHTS } from './noto-sans.ts'

/** The families in the order in which a letter is looked for. */
export const FONT_FAMILY = SUBSETS.join(', ')

let loaded: Font[] | undefined

/** Read once, at the first image. */
export function socialFonts(): Font[] {
  loaded ??= SUBSETS.flatMap((subset) =>
    WEIGHTS.map(
      (weight): Font => ({ name: subset, weight, style: 'normal', data: fontFile(subset, weight) }),
    ),
  )
  return loaded
}

/**
 * What of a text can be drawn, on one line. Letters of other scripts would come out as empty boxes, so they are left
 * out; null when they are most of it, for then the rest says nothing.
 */
export function drawableText(text: string): string | null {
  const characters = [...xmlText(text).replace(/\s+/g, ' ').trim().normalize('NFC')]
  const drawable = characters.filter((character) => subsetOf(character) !== undefined)
  const letters = (list: string[]) => list.filter((character) => /[\p{L}\p{N}]/u.test(character)).length
  if (letters(drawable) * 2 < letters(characters) || letters(drawable) === 0) return null
  return drawable.join('').replace(/\s+/g, ' ').trim()
}
