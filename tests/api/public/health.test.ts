import { describe, expect, test } from '../../support/site.ts'

describe('whether it is well', () => {
  test.for(['/healthz', '/readyz'])(
    'is told anew each time, whoever stands in between: %s',
    async (address, { site }) => {
      const response = await site.web.request(address)
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
    },
  )
})
