import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Font } from 'satori'
import { xmlText } from '../lib/xml-text.ts'

/**
 * Noto Sans, in the pieces in which Fontsource ships it: Latin, Greek, Cyrillic and Devanagari. Social images are the
 * only place with letters of their own; pages use the reader's.
 */
const FONT_PACKAGE = '@fontsource/noto-sans'
const SUBSETS = [
  'latin',
  'latin-ext',
  'cyrillic',
  'cyrillic-ext',
  'greek',
  'greek-ext',
  'vietnamese',
  'devanagari',
] as const
const WEIGHTS = [400, 700] as const

/** The families in the order in which a letter is looked for. */
export const FONT_FAMILY = SUBSETS.join(', ')

interface SocialFonts {
  fonts: Font[]
  /** Code points that the letters cover, `[first, last]`. */
  ranges: [number, number][]
}

let loaded: SocialFonts | undefined

/** Read once, at the first image. */
export function socialFonts(): SocialFonts {
  loaded ??= readFonts()
  return loaded
}

function readFonts(): SocialFonts {
  const { resolve } = createRequire(import.meta.url)
  const fonts = SUBSETS.flatMap((subset) =>
    WEIGHTS.map((weight): Font => {
      const file = `${FONT_PACKAGE}/files/noto-sans-${subset}-${weight}-normal.woff`
      return { name: subset, weight, style: 'normal', data: readFileSync(resolve(file)) }
    }),
  )
  const unicode: Record<string, string> = JSON.parse(
    readFileSync(resolve(`${FONT_PACKAGE}/unicode.json`), 'utf8'),
  )
  return { fonts, ranges: SUBSETS.flatMap((subset) => parseRanges(unicode[subset] ?? '')) }
}

/** `U+0460-052F,U+20B4` as a stylesheet writes it. */
function parseRanges(text: string): [number, number][] {
  return [...text.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(([, first = '', last = first]) => [
    Number.parseInt(first, 16),
    Number.parseInt(last, 16),
  ])
}

/**
 * What of a text can be drawn, on one line. Letters of other scripts would come out as empty boxes, so they are left
 * out; null when they are most of it, for then the rest says nothing.
 */
export function drawableText(text: string): string | null {
  const { ranges } = socialFonts()
  const characters = [...xmlText(text).replace(/\s+/g, ' ').trim().normalize('NFC')]
  const drawable = characters.filter((character) => {
    const point = character.codePointAt(0) ?? 0
    return ranges.some(([first, last]) => point >= first && point <= last)
  })
  const letters = (list: string[]) => list.filter((character) => /[\p{L}\p{N}]/u.test(character)).length
  if (letters(drawable) * 2 < letters(characters) || letters(drawable) === 0) return null
  return drawable.join('').replace(/\s+/g, ' ').trim()
}
