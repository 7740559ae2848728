import { describe, expect, test } from 'vitest'
import { firstWords, markdownHtml, markdownText } from '../../src/render/markdown.ts'

describe('Markdown of an update', () => {
  test('becomes paragraphs, emphasis, lists and links', () => {
    expect(markdownHtml('Cards are **failing**.\nSee https://example.com/a.')).toBe(
      '<p>Cards are <strong>failing</strong>.<br />\nSee <a href="https://example.com/a" rel="nofollow">https://example.com/a</a>.</p>\n',
    )
  })

  test.each([
    ['<script>alert(1)</script>', /<script/],
    ['<img src=x onerror=alert(1)>', /<img/],
    ['[a](javascript:alert(1))', /href="javascript/],
    ['[a](data:text/html,x)', /href="data/],
    ['[a](//evil.example)', /href="\/\//],
    ['![a](https://evil.example/pixel.png)', /<img/],
    ['| a |\n|--:|\n| b |', /style=/],
    ['```js onclick=x\ncode\n```', /class=/],
  ])('never lets %s through', (body, forbidden) => {
    expect(markdownHtml(body)).not.toMatch(forbidden)
  })

  test('keeps the outline of the page whole', () => {
    expect(markdownHtml('# A\n### B\n# C', { headingsFrom: 3 })).toBe('<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n')
    expect(markdownHtml('#### A')).toBe('<h4>A</h4>\n')
  })

  test('without mark-up is one plain line', () => {
    expect(markdownText('## Now\n\n- a < b & **c**\n- `d`\n\nEnd')).toBe('Now a < b & c d End')
  })
})

describe('the first words of a text', () => {
  test.each([
    ['A short text.', 40, 'A short text.'],
    ['The first sentence stands. The second is far too long.', 40, 'The first sentence stands.'],
    ['No sentence ends here, so that a word must be the last one', 30, 'No sentence ends here, so …'],
    ['Version 1.2 of it is failing for everybody in the world', 30, 'Version 1.2 of it is failing …'],
    ['Unbrokenunbrokenunbrokenunbroken', 10, 'Unbrokenun …'],
    ['', 10, ''],
  ])('of %j in %i characters', (text, longest, expected) => {
    expect(firstWords(text, longest)).toBe(expected)
  })
})
