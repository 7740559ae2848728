import type { Config } from '../../src/config.ts'

/** The page that tests begin with: Indian time, so that midnight is never UTC's; made long before any test's now. */
export const TEST_PAGE = {
  name: 'Ledger Lane',
  timeZone: 'Asia/Kolkata',
  madeAt: Date.parse('2025-01-01T00:00:00Z'),
}

export function testConfig(database: string): Config {
  return {
    url: 'https://status.ledgerlane.example',
    host: '127.0.0.1',
    port: 0,
    database,
    cacheFolder: null,
    publishFolder: null,
    initial: { pageName: TEST_PAGE.name, timeZone: TEST_PAGE.timeZone },
    secret: null,
    oidc: null,
    embedOrigins: [],
    metricsToken: null,
    logLevel: 'silent',
  }
}
