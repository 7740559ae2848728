import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { cacheFolderOf, describeConfig, loadConfig } from '../src/config.ts'

describe('the configuration', () => {
  test('has a default for everything', () => {
    expect(loadConfig({})).toEqual({
      url: 'http://localhost:4321',
      host: '127.0.0.1',
      port: 4321,
      database: 'file:data/avow.db',
      cacheFolder: null,
      publishFolder: null,
      initial: { pageName: 'Status', timeZone: 'UTC' },
      secret: null,
      oidc: null,
      embedOrigins: [],
      metricsToken: null,
      logLevel: 'info',
    })
  })

  test('takes an empty line of a copied .env for not set', () => {
    expect(loadConfig({ AVOW_PORT: '', AVOW_URL: '', AVOW_TIME_ZONE: '' })).toEqual(loadConfig({}))
  })

  test('complains about every wrong variable at once', () => {
    const wrong = {
      AVOW_URL: 'status.example.com',
      AVOW_PORT: 'eighty',
      AVOW_DATABASE: 'mysql://x',
      AVOW_TIME_ZONE: '+05:30',
      AVOW_LOG_LEVEL: 'loud',
      AVOW_EMBED_ORIGINS: 'app.example.com',
    }
    const complaint = () => loadConfig(wrong)
    for (const name of Object.keys(wrong)) expect(complaint).toThrow(name)
  })

  test.each(['Asia/Kolkata', 'Asia/Calcutta', 'UTC', 'Etc/UTC', 'America/St_Johns'])(
    'takes the zone %s',
    (zone) => {
      expect(loadConfig({ AVOW_TIME_ZONE: zone }).initial.timeZone).toBe(zone)
    },
  )

  test('refuses a public origin with a path, and leaves the slash off', () => {
    expect(() => loadConfig({ AVOW_URL: 'https://example.com/status' })).toThrow('without a path')
    expect(loadConfig({ AVOW_URL: 'https://status.example.com/' }).url).toBe('https://status.example.com')
  })

  test('lets nobody frame the card but whom it names, and nothing else into the policy', () => {
    const origins = (text: string) => loadConfig({ AVOW_EMBED_ORIGINS: text }).embedOrigins
    expect(origins('https://app.example.com, https://*.example.org:8443\nhttp://localhost:3000')).toEqual([
      'https://app.example.com',
      'https://*.example.org:8443',
      'http://localhost:3000',
    ])
    expect(origins('*')).toEqual(['*'])
    for (const wrong of [
      "'self'",
      'https://a.example; script-src *',
      'https://a.example/path',
      'a.example',
      'data:',
    ])
      expect(() => origins(wrong)).toThrow('AVOW_EMBED_ORIGINS')
  })

  test('takes the three settings of a provider together, over https or on this machine', () => {
    const oidc = { AVOW_OIDC_CLIENT_ID: 'avow', AVOW_OIDC_CLIENT_SECRET: 'x' }
    const issuer = 'https://login.example.com'
    expect(loadConfig({ ...oidc, AVOW_OIDC_ISSUER: issuer }).oidc).toEqual({
      issuer,
      clientId: 'avow',
      clientSecret: 'x',
    })
    expect(() => loadConfig(oidc)).toThrow('AVOW_OIDC_ISSUER goes together with')
    expect(() => loadConfig({ ...oidc, AVOW_OIDC_ISSUER: 'http://login.example.com' })).toThrow('https')
    expect(loadConfig({ ...oidc, AVOW_OIDC_ISSUER: 'http://localhost:9000' }).oidc).not.toBeNull()
  })

  test('is described without its secrets', () => {
    const config = loadConfig({
      AVOW_DATABASE: 'postgres://avow:s3cret@db.example.com/avow',
      AVOW_SECRET: 's3cret'.repeat(6),
    })
    const text = describeConfig(config).join('\n')
    expect(text).toContain('AVOW_DATABASE=postgres://avow:…@db.example.com/avow')
    expect(text).toContain('AVOW_SECRET=…')
    expect(text).not.toContain('s3cret')
  })

  test('keeps the latest pages of each database apart, and finds them again after a change of password', () => {
    const folderOf = (database: string) => cacheFolderOf({ cacheFolder: null, database })
    const pages = folderOf('postgres://avow:s3cret@db.example.com/avow')
    expect(pages).toMatch(/^data\/pages\/[0-9a-f]{16}$/)
    expect(folderOf('postgres://avow:n3w@db.example.com/avow')).toBe(pages)
    expect(folderOf('postgres://avow:s3cret@db.example.com/other')).not.toBe(pages)
    expect(folderOf('postgres://avow:s3cret@standby.example.com/avow')).not.toBe(pages)
    expect(folderOf('file:data/avow.db')).toBe('data/avow.db-pages')
  })

  test('is listed completely in .env.example', () => {
    const example = readFileSync('.env.example', 'utf8')
    for (const line of describeConfig(loadConfig({}))) expect(example).toContain(line.split('=')[0])
  })
})
