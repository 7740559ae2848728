import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** What ASVS 5.0.0 asks at levels 1 and 2 in the chapters that apply: the last number of each section. */
const LAST_OF_SECTION: Record<string, number> = {
  ...{ '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1 },
  ...{ '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5, '3.7': 2 },
  ...{ '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4 },
  ...{ '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2 },
  ...{ '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1 },
  ...{ '14.1': 2, '14.2': 4, '14.3': 3 },
  ...{ '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3 },
}

const rows = readFileSync('docs/security.md', 'utf8')
  .split('\n')
  .filter((line) => /^\| \d/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .map(([, number = '', level = '', , how = '', shown = '']) => ({ number, level, how, shown }))

describe('docs/security.md', () => {
  test('has a line for each requirement, once and in order', () => {
    const asked = Object.entries(LAST_OF_SECTION).flatMap(([section, last]) =>
      Array.from({ length: last }, (_, index) => `${section}.${index + 1}`),
    )
    expect(rows.map(({ number }) => number)).toEqual(asked)
    for (const { number, level } of rows)
      expect([number, level]).toEqual([number, expect.stringMatching(/^[12]$/)])
  })

  test('names for each line that is met a test that there is', () => {
    for (const { number, how, shown } of rows) {
      const named = [...shown.matchAll(/`(tests\/[^`]+)` “([^”]+)”/g)]
      const isOpen = /^(Not met|Does not apply)/.test(how)
      expect([number, isOpen || named.length > 0]).toEqual([number, true])
      for (const [, file = '', name = ''] of named) {
        expect([number, file, existsSync(file)]).toEqual([number, file, true])
        expect([number, name, isTitleIn(readFileSync(file, 'utf8'), name)]).toEqual([number, name, true])
      }
    }
  })
})

/** However the formatter has broken the line. */
function isTitleIn(source: string, name: string): boolean {
  return new RegExp(`\\(\\s*'${RegExp.escape(name)}'`).test(source)
}
