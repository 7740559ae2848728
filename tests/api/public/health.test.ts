import { describe, expect, test } from '../../support/site.ts'

describe('whether it is well', () => {
  test('is told anew each time, whoever stands in between', async ({ site }) => {
    const response = await site.web.request('/healthz')
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
  })
})
