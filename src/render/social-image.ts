import { MARK_PATHS, type Mark } from './mark-paths.ts'
import { firstWords } from './markdown.ts'
import { LIGHT } from './palette.ts'
import type { SocialCard } from './social-card.ts'
import { drawableText, FONT_FAMILY, socialFonts } from './social-fonts.ts'

export const SOCIAL_IMAGE_SIZE = { width: 1200, height: 630 }

const { ground: PAPER, ink: INK, quiet: GREY, rule: RULE, tones: COLOURS } = LIGHT

const EDGE = 72
const BAND = 24
const TEXT_WIDTH = SOCIAL_IMAGE_SIZE.width - BAND - 2 * EDGE

/**
 * A card as PNG, 1200 by 630. The same card gives the same bytes. Large type and few words, because most readers meet
 * it at a quarter of its size.
 */
export async function socialImage(card: SocialCard): Promise<Uint8Array<ArrayBuffer>> {
  // Loaded with the first image: a third of what a start would take, and memory that many never need.
  const [{ default: satori }, { renderAsync }] = await Promise.all([
    import('satori'),
    import('@resvg/resvg-js'),
  ])
  const svg = await satori(drawing(card), { ...SOCIAL_IMAGE_SIZE, fonts: socialFonts() })
  // The pixels are made beside the event loop.
  const image = await renderAsync(svg, { font: { loadSystemFonts: false } })
  return new Uint8Array(image.asPng())
}

function drawing(card: SocialCard): Node {
  const colour = COLOURS[card.mark]
  const words = drawableText(card.sentence) ?? card.plainSentence
  return box({ ...SOCIAL_IMAGE_SIZE, backgroundColor: PAPER, color: INK, fontFamily: FONT_FAMILY }, [
    box({ width: BAND, height: SOCIAL_IMAGE_SIZE.height, backgroundColor: colour }),
    box({ flexDirection: 'column', width: TEXT_WIDTH + 2 * EDGE, padding: `52px ${EDGE}px 48px` }, [
      heading(card),
      state(card, colour),
      sentence(words, card.footer === null ? HEIGHT_ALONE : HEIGHT_ABOVE_FOOTER),
      ...(card.footer === null ? [] : [footer(card.footer)]),
    ]),
  ])
}

function heading(card: SocialCard): Node {
  const name = drawableText(card.pageName) ?? 'Status'
  return box({ justifyContent: 'space-between', alignItems: 'baseline', width: TEXT_WIDTH }, [
    line({ fontSize: 38, fontWeight: 700, maxWidth: TEXT_WIDTH * 0.55 }, name),
    line({ fontSize: 28, color: GREY, maxWidth: TEXT_WIDTH * 0.42 }, drawableText(card.host) ?? ''),
  ])
}

function state(card: SocialCard, colour: string): Node {
  return box({ alignItems: 'center', marginTop: 34, color: colour }, [
    mark(card.mark, colour, 60),
    line({ fontSize: 48, fontWeight: 700, marginLeft: 22, maxWidth: TEXT_WIDTH - 90 }, card.state),
  ])
}

function mark(shape: Mark, colour: string, size: number): Node {
  const path = element('path', { d: MARK_PATHS[shape], fill: colour, fillRule: 'evenodd' })
  // A wrapper of fixed size, because a flex row would squeeze the picture.
  const picture = element('svg', { width: size, height: size, viewBox: '0 0 16 16', children: path })
  return box({ width: size, height: size, flexShrink: 0, marginTop: 4 }, [picture])
}

function sentence(words: string, height: number): Node {
  const { fontSize, longest } = fitted(words, height)
  const style = { fontSize, fontWeight: 700, lineHeight: LINE_HEIGHT, letterSpacing: '-0.015em' }
  return box({ height, overflow: 'hidden', marginTop: 26, width: TEXT_WIDTH, flexGrow: 1 }, [
    text({ ...style, textWrap: 'balance' }, firstWords(words, longest)),
  ])
}

const LINE_HEIGHT = 1.16
const SMALLEST_TYPE = 44
const HEIGHT_ABOVE_FOOTER = 224
const HEIGHT_ALONE = 340

/** The largest type in which a sentence has room, and how many characters have room in it. */
function fitted(words: string, height: number): { fontSize: number; longest: number } {
  for (let fontSize = 96; ; fontSize -= 4) {
    const lines = Math.floor(height / (fontSize * LINE_HEIGHT))
    // Bold letters are about 0.58 em wide; lines end at words, so each loses a little.
    const longest = lines * Math.floor((TEXT_WIDTH * 0.94) / (fontSize * 0.58))
    if (words.length <= longest || fontSize <= SMALLEST_TYPE) return { fontSize, longest }
  }
}

function footer({ mark: shape, sentence: words }: NonNullable<SocialCard['footer']>): Node {
  const style = {
    fontSize: 38,
    lineHeight: 1.28,
    marginLeft: 20,
    width: TEXT_WIDTH - 62,
    textWrap: 'balance',
  }
  return box({ borderTop: `3px solid ${RULE}`, paddingTop: 24, width: TEXT_WIDTH }, [
    mark(shape, INK, 42),
    text(style, firstWords(drawableText(words) ?? '', 100)),
  ])
}

/** What satori takes: an element as React would make it, without React. */
interface Node {
  type: string
  props: Record<string, unknown>
}

type Styles = Record<string, string | number>

function element(type: string, props: Record<string, unknown>): Node {
  return { type, props }
}

function box(style: Styles, children: Node[] = []): Node {
  return element('div', { style: { display: 'flex', ...style }, children })
}

function text(style: Styles, words: string): Node {
  return element('div', { style: { display: 'block', wordBreak: 'break-word', ...style }, children: words })
}

/** One line, cut with an ellipsis where it has no room. */
function line(style: Styles, words: string): Node {
  return text({ lineClamp: 1, ...style }, words)
}
