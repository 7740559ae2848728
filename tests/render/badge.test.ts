import { Parser } from 'htmlparser2'
import { describe, expect, test } from 'vitest'
import { COMPONENT_STATUSES } from '../../src/domain/components/component-status.ts'
import { statusWord } from '../../src/domain/components/status-words.ts'
import { BADGE_THEMES, badgeSvg, badgeTitle } from '../../src/render/badge.ts'
import { MARK_PATHS } from '../../src/render/mark-paths.ts'
import { DARK, LIGHT } from '../../src/render/palette.ts'
import { textWidthEm } from '../../src/render/text-width.ts'
import { contrast, fromHex } from '../../src/ui/accent.ts'

/** What a reader of XML finds in a badge. */
function read(svg: string) {
  const elements: { name: string; attributes: Record<string, string>; text: string }[] = []
  const open: typeof elements = []
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const element = { name, attributes, text: '' }
        elements.push(element)
        open.push(element)
      },
      ontext: (text) => {
        const element = open.at(-1)
        if (element) element.text += text
      },
      onclosetag: () => open.pop(),
    },
    { xmlMode: true },
  )
  parser.end(svg)
  return (name: string) => elements.filter((element) => element.name === name)
}

const NAMES = [
  'API',
  'Ledger Lane',
  'W'.repeat(200),
  'iiiillll',
  'A component with so long a name that nobody would ever want to read all of it in a badge',
  'Payments & <b>"refunds"</b>',
  'भुगतान सेवा',
  '決済サービス',
  'خدمة الدفع',
  '🚀👩‍👩‍👧 Rockets',
  'Ελλάδα · Москва · Łódź',
  '\u0000\uD800',
]

describe('a badge', () => {
  test.each(NAMES)('of “%s” has room for every text', async (name) => {
    const found = read(await badgeSvg({ name, status: 'under_maintenance' }, 'auto'))
    const [svg] = found('svg')
    const [ground] = found('rect')
    const [stateGround, mark] = found('path')
    const [nameText, word] = found('text').map(({ attributes, text }) => ({
      text,
      from: Number(attributes.x),
      until: Number(attributes.x) + Number(attributes.textLength),
    }))
    const width = Number(svg?.attributes.width)
    const divided = Number(/^M([\d.]+) /.exec(stateGround?.attributes.d ?? '')?.[1])
    const markAt = Number(/translate\(([\d.]+)/.exec(mark?.attributes.transform ?? '')?.[1])
    expect(ground?.attributes.width).toBe(String(width - 1))
    expect(nameText?.from).toBeGreaterThan(5)
    expect(nameText?.until).toBeLessThan(divided - 5)
    expect(markAt).toBeGreaterThan(divided + 5)
    expect(word?.from).toBeGreaterThan(markAt + 13)
    expect(word?.until).toBeLessThan(width - 5)
    expect(width).toBeLessThan(700)
    expect([...(nameText?.text ?? '')].length).toBeLessThanOrEqual(42)
  })

  test.each([...COMPONENT_STATUSES, 'no_data'] as const)(
    'of %s says so in a word and by a shape',
    async (status) => {
      const badge = { name: 'Payments & <b>"refunds"</b>', status }
      const found = read(await badgeSvg(badge, 'light'))
      expect(found('svg')[0]?.attributes.role).toBe('img')
      expect(found('title')[0]?.text).toBe(badgeTitle(badge))
      expect(found('text').map(({ text }) => text)).toEqual([badge.name, statusWord(status)])
      expect(found('path')[1]?.attributes.d).toBe(MARK_PATHS[status])
    },
  )

  test('is light, dark, or as the reader prefers, and the same each time', async () => {
    const badge = { name: 'API', status: 'operational' } as const
    const [light = '', dark = '', auto = ''] = await Promise.all(
      BADGE_THEMES.map((theme) => badgeSvg(badge, theme)),
    )
    expect([light.includes(LIGHT.ground), light.includes(DARK.ground)]).toEqual([true, false])
    expect([dark.includes(LIGHT.ground), dark.includes(DARK.ground)]).toEqual([false, true])
    expect(auto.indexOf(DARK.ground)).toBeGreaterThan(auto.indexOf('@media(prefers-color-scheme:dark)'))
    expect(await badgeSvg(badge, 'auto')).toBe(auto)
    expect(auto.length).toBeLessThan(1_500)
  })
})

test.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)(
  'every colour of %s images reads well on both grounds',
  (_, { ground, ground2, ink, quiet, tones }) => {
    for (const colour of [ink, quiet, ...Object.values(tones)])
      for (const behind of [ground, ground2])
        expect([colour, contrast(fromHex(colour), fromHex(behind)) >= 4.5]).toEqual([colour, true])
  },
)

test('a text is as wide as its letters are', async () => {
  const widths = await Promise.all(['iiii', 'nnnn', 'WWWW'].map((text) => textWidthEm(text, 400)))
  expect(widths).toEqual(widths.toSorted((a, b) => a - b))
  // As satori, which draws with the same font, lays them out.
  expect(await textWidthEm('working', 400)).toBeCloseTo(3.83, 2)
  expect(await textWidthEm('決済', 400)).toBe(2)
  expect(await textWidthEm('', 700)).toBe(0)
  expect(await textWidthEm('Ledger', 700)).toBeGreaterThan(await textWidthEm('Ledger', 400))
})
