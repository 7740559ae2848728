import { describe, expect, test } from 'vitest'
import {
  accentContrasts,
  accentStyles,
  accentTones,
  contrast,
  fromHex,
  readableOn,
} from '../../src/ui/accent.ts'

const WHITE = fromHex('#f2f2f2')
const BLACK = fromHex('#212123')

describe('the accent colour', () => {
  test.each(['#ffff00', '#2f5bd7', '#000000', '#ffffff', '#ff0000', '#7f7f7f', '#00ff88'])(
    '%s reads on both grounds',
    (accent) => {
      for (const ground of [WHITE, BLACK]) {
        expect(contrast(fromHex(readableOn(accent, ground)), ground)).toBeGreaterThanOrEqual(4.45)
      }
    },
  )

  test('is told with how it reads, and changed only where it does not', () => {
    const { light, dark } = accentContrasts('#ffff00')
    expect([light < 4.5, dark > 4.5]).toEqual([true, true])
    expect(accentTones('#ffff00').dark).toBe('#ffff00')
    expect(accentTones('#ffff00').light).not.toBe('#ffff00')
  })

  test('stays as it is where it reads well', () => {
    expect(readableOn('#2f5bd7', WHITE)).toBe('#2f5bd7')
  })

  test('is a style sheet for both themes', () => {
    expect(accentStyles('#2f5bd7')).toMatch(
      /^:root\{--page-accent:#2f5bd7\}@media \(prefers-color-scheme:dark\)\{:root\{--page-accent:#[0-9a-f]{6}\}\}$/,
    )
  })
})
