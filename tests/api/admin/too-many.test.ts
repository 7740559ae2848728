import { REQUESTS_PER_MINUTE } from '../../../src/api/admin/admit.ts'
import { expect, test } from '../../support/site.ts'
import { clientOf } from './client.ts'

test('a token that comes too often is told to wait; another one is not', { timeout: 60_000 }, async ({
  site,
}) => {
  const [eager, calm] = [await clientOf(site, 'read'), await clientOf(site, 'read')]
  for (let number = 1; number <= REQUESTS_PER_MINUTE; number += 1) await eager.get('/me')
  const refused = await eager.get('/me')
  expect([refused.status, refused.headers.get('Retry-After')]).toEqual([429, '60'])
  expect(refused.body.type).toMatch(/\/problems\/too-many$/)
  expect((await calm.get('/me')).status).toBe(200)
})
