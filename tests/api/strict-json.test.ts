import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseStrictJson } from '../../src/api/strict-json.ts'

describe('strict JSON', () => {
  test('is read as JSON.parse reads it, whatever honest value it holds', () => {
    const forbidden = ['__proto__', 'constructor', 'prototype']
    const values = fc.jsonValue({ maxDepth: 8 }).filter((value) => {
      const text = JSON.stringify(value)
      return !forbidden.some((name) => text.includes(name)) && !text.includes('\\u0000')
    })
    fc.assert(
      fc.property(values, fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(parseStrictJson(text)).toEqual(JSON.parse(text))
      }),
    )
  })

  test('throws nothing but what a client may see, whatever text comes', () => {
    const texts = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', ' ', 'a', '1', '\u0000'),
    })
    fc.assert(
      fc.property(texts, (text) => {
        try {
          parseStrictJson(text)
        } catch (error) {
          expect(error).toMatchObject({ name: 'DomainError' })
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('takes the same name in two objects, and brackets and names inside texts', () => {
    const text = '{"a":{"a":1},"b":[{"a":"{\\"a\\":1,\\"a\\":2}"},{"a":"[[[["}],"c":"__proto__"}'
    expect(parseStrictJson(text)).toEqual(JSON.parse(text))
  })

  test.for([
    ['32 levels', `${'['.repeat(32)}${']'.repeat(32)}`, true],
    ['33 levels', `${'['.repeat(33)}${']'.repeat(33)}`, false],
    ['a name with blanks before its colon', '{"a" \n : 1, "a": 2}', false],
    ['a name that only looks repeated', '{"a": "a", "b": "a"}', true],
    ['-1e400', '[-1e400]', false],
    ['1e308', '[1e308]', true],
    ['a whole pair of surrogates', '["\\ud83d\\ude00"]', true],
    ['its second half alone', '["\\ude00"]', false],
  ] as const)('knows %s', ([, text, isFine]) => {
    if (isFine) expect(() => parseStrictJson(text)).not.toThrow()
    else expect(() => parseStrictJson(text)).toThrow()
  })

  test.for([
    '"\\"'.repeat(20_000),
    '['.repeat(65_000),
    `{${'"a":{'.repeat(10_000)}`,
    `{"a"${' '.repeat(65_000)}`,
    `{${Array.from({ length: 6_000 }, (_, index) => `"k${index}":1`).join(',')}`,
    '\\'.repeat(65_000),
  ])('refuses hostile text at once (%#)', (text) => {
    // The quickest of three: what else the machine does is not the text's doing.
    const took = [1, 2, 3].map(() => {
      const startedAt = performance.now()
      expect(() => parseStrictJson(text)).toThrow()
      return performance.now() - startedAt
    })
    expect(Math.min(...took)).toBeLessThan(50)
  })
})
