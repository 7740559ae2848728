import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/**
 * Noto Sans, in the pieces in which Fontsource ships it: Latin, Greek, Cyrillic and Devanagari. Social images are drawn
 * with it and badges are measured by it; pages use the reader's letters.
 */
const PACKAGE = '@fontsource/noto-sans'
export const SUBSETS = [
  'latin',
  'latin-ext',
  'cyrillic',
  'cyrillic-ext',
  'greek',
  'greek-ext',
  'vietnamese',
  'devanagari',
] as const
export type Subset = (typeof SUBSETS)[number]
export const WEIGHTS = [400, 700] as const
export type Weight = (typeof WEIGHTS)[number]

const { resolve } = createRequire(import.meta.url)

/** A piece as WOFF. */
export function fontFile(subset: Subset, weight: Weight): Buffer {
  return readFileSync(resolve(`${PACKAGE}/files/noto-sans-${subset}-${weight}-normal.woff`))
}

/** The first piece that has this character; undefined when none has. */
export function subsetOf(character: string): Subset | undefined {
  ranges ??= readRanges()
  const point = character.codePointAt(0) ?? 0
  return ranges.find(({ first, last }) => point >= first && point <= last)?.subset
}

interface Range {
  subset: Subset
  first: number
  last: number
}

/** Read once, at the first question. */
let ranges: Range[] | undefined

function readRanges(): Range[] {
  const unicode: Record<string, string> = JSON.parse(readFileSync(resolve(`${PACKAGE}/unicode.json`), 'utf8'))
  return SUBSETS.flatMap((subset) => parseRanges(subset, unicode[subset] ?? ''))
}

/** `U+0460-052F,U+20B4` as a stylesheet writes it. */
function parseRanges(subset: Subset, text: string): Range[] {
  return [...text.matchAll(/U\+([0-9A-F]+)(?:-([0-9A-F]+))?/g)].map(([, first = '', last = first]) => ({
    subset,
    first: Number.parseInt(first, 16),
    last: Number.parseInt(last, 16),
  }))
}
