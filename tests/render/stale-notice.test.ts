import { describe, expect, test } from 'vitest'
import { withStaleNotice } from '../../src/render/stale-notice.ts'

const AT = Date.parse('2026-11-25T19:05:59.999Z')

describe('the sentence about an old page', () => {
  test.for([
    ['UTC', 'Wednesday 25 November 2026, 19:05 UTC'],
    ['Europe/Berlin', 'Wednesday 25 November 2026, 20:05 CET (19:05 UTC)'],
    ['Asia/Kolkata', 'Thursday 26 November 2026, 00:35 IST (Wednesday 25 November, 19:05 UTC)'],
  ] as const)('names the instant in %s and in UTC', ([zone, words]) => {
    const html = withStaleNotice('<body><main id="main" tabindex="-1"><h1>All is well.</h1></main>', AT, zone)
    expect(html.replace(/<\/?time[^>]*>/g, '')).toBe(
      '<body><main id="main" tabindex="-1"><div class="stale-notice" role="status"><p class="wrap small">' +
        `This page could not be brought up to date. It shows the state of ${words}.</p></div><h1>All is well.</h1></main>`,
    )
    expect(html).toContain('<time datetime="2026-11-25T19:05:59.999Z" data-as="year">')
  })

  test('stands once, and leaves a document without a place for it alone', () => {
    expect(withStaleNotice('<p>&lt;main&gt;</p>', AT, 'UTC')).toBe('<p>&lt;main&gt;</p>')
    expect(withStaleNotice('<main></main><main></main>', AT, 'UTC').match(/stale-notice/g)).toHaveLength(1)
  })
})
