import { createWeb } from '../../../src/web.ts'
import { describe, expect, test } from '../../support/site.ts'

const SECRET = 'a-secret-of-the-operator'

describe('the metrics', () => {
  test('are not there while nobody has set a token for them', async ({ site }) => {
    expect((await site.web.request('/metrics')).status).toBe(404)
  })

  test('count requests, for whoever has the token', async ({ site }) => {
    const web = createWeb({ ...site.ctx, config: { ...site.ctx.config, metricsToken: SECRET } })
    const metrics = (token: string) =>
      web.request('/metrics', { headers: { Authorization: `Bearer ${token}` } })
    await web.request('/history.rss')
    await web.request('/api/admin/v1/me')
    expect((await web.request('/metrics')).status).toBe(401)
    expect((await metrics('another-secret-of-somebody')).status).toBe(401)
    const text = await (await metrics(SECRET)).text()
    expect(text).toContain('avow_requests_total{kind="feed",status="200"} 1')
    expect(text).toContain('avow_requests_total{kind="api",status="401"} 1')
    expect(text).toContain('avow_nodejs_eventloop_lag_seconds')
  })
})
