import type { ComponentStatus } from '../domain/components/component-status.ts'
import { statusWord } from '../domain/components/status-words.ts'
import { escapeXml, xmlText } from '../lib/xml-text.ts'
import { MARK_PATHS } from './mark-paths.ts'
import { firstWords } from './markdown.ts'
import type { Weight } from './noto-sans.ts'
import { DARK, LIGHT, type Palette } from './palette.ts'
import { textWidthEm } from './text-width.ts'

/** What a badge says: of the page or of a component, how it is. */
export interface Badge {
  name: string
  status: ComponentStatus | 'no_data'
}

/** `auto` follows the reader's preference, wherever the badge stands. */
export const BADGE_THEMES = ['light', 'dark', 'auto'] as const
export type BadgeTheme = (typeof BADGE_THEMES)[number]

export const BADGE_HEIGHT = 24
const TYPE_SIZE = 13
const BASELINE = 16.5
const EDGE = 9
const MARK_SIZE = 13
const MARK_GAP = 5
/** Those of the page itself. */
const LETTERS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif'
/** Of a longer name the first words; all of it is in the title. */
const LONGEST_NAME = 40

/** The badge in words, for those who do not see it. */
export function badgeTitle({ name, status }: Badge): string {
  return `${name}: ${statusWord(status)}`
}

/**
 * A badge as SVG: the name, then a shape and a word for the state. It is set in the reader's letters; `textLength`
 * gives each text the width that was measured for it, so that no letters stand where there is no room for them.
 */
export async function badgeSvg(badge: Badge, theme: BadgeTheme): Promise<string> {
  const name = await line(firstWords(xmlText(badge.name), LONGEST_NAME), 400)
  const word = await line(statusWord(badge.status), 700)
  const divided = EDGE + name.width + EDGE
  const markAt = divided + EDGE
  const wordAt = markAt + MARK_SIZE + MARK_GAP
  const width = Math.ceil(wordAt + word.width + EDGE)
  const markTop = (BADGE_HEIGHT - MARK_SIZE) / 2
  const size = `width="${width}" height="${BADGE_HEIGHT}" viewBox="0 0 ${width} ${BADGE_HEIGHT}"`
  const corner = `H${width - 4}a3 3 0 0 1 3 3V${BADGE_HEIGHT - 4}a3 3 0 0 1-3 3`
  const place = `translate(${round(markAt)} ${markTop}) scale(${MARK_SIZE / 16})`
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">`,
    `<title>${escapeXml(badgeTitle(badge))}</title>`,
    `<style>${styles(badge.status, theme)}</style>`,
    `<rect class="name-ground rule" x=".5" y=".5" width="${width - 1}" height="${BADGE_HEIGHT - 1}" rx="3.5"/>`,
    `<path class="ground" d="M${round(divided)} 1${corner}H${round(divided)}Z"/>`,
    text(name, EDGE, 'ink'),
    `<path class="tone" fill-rule="evenodd" transform="${place}" d="${MARK_PATHS[badge.status]}"/>`,
    text(word, wordAt, 'tone bold'),
    '</svg>',
  ].join('')
}

interface Line {
  words: string
  /** In pixels. */
  width: number
}

async function line(words: string, weight: Weight): Promise<Line> {
  return { words, width: round((await textWidthEm(words, weight)) * TYPE_SIZE) }
}

function text({ words, width }: Line, x: number, names: string): string {
  const place = `x="${round(x)}" y="${BASELINE}" textLength="${width}" lengthAdjust="spacingAndGlyphs"`
  return `<text class="${names}" ${place}>${escapeXml(words)}</text>`
}

function styles(status: Badge['status'], theme: BadgeTheme): string {
  const type = `text{font:${TYPE_SIZE}px ${LETTERS}}.bold{font-weight:700}`
  if (theme !== 'auto') return type + colours(status, theme === 'dark' ? DARK : LIGHT)
  return `${type}${colours(status, LIGHT)}@media(prefers-color-scheme:dark){${colours(status, DARK)}}`
}

function colours(status: Badge['status'], { ground, ground2, ink, rule, tones }: Palette): string {
  const fills = { ground, 'name-ground': ground2, ink, tone: tones[status] }
  const rules = Object.entries(fills).map(([name, colour]) => `.${name}{fill:${colour}}`)
  return `${rules.join('')}.rule{stroke:${rule}}`
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10
}
