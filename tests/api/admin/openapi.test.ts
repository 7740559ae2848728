import { describe, expect, test } from '../../support/site.ts'
import { BASE, type Json } from './client.ts'
import { documentedOperations } from './operations.ts'

describe('the OpenAPI document', () => {
  test('is public, and structurally OpenAPI 3.1', async ({ site }) => {
    const response = await site.web.request(`${BASE}/openapi.json`)
    expect(response.status).toBe(200)
    const document: Json = await response.json()
    expect(document.openapi).toBe('3.1.0')
    expect(document.info).toMatchObject({ title: 'Avow admin API', version: '1' })
    expect(document.servers).toEqual([{ url: 'https://status.ledgerlane.example/api/admin/v1' }])
    expect(document.components.securitySchemes.token).toMatchObject({ type: 'http', scheme: 'bearer' })

    const ids = new Set<string>()
    for (const { path, described } of await documentedOperations(site)) {
      expect(described.summary, path).toBeTruthy()
      expect(ids.has(described.operationId), described.operationId).toBe(false)
      ids.add(described.operationId)
      const named = [...path.matchAll(/\{(.+?)\}/g)].map(([, name]) => name)
      const parameters = (described.parameters ?? []) as Json[]
      expect(parameters.filter((it) => it.in === 'path').map((it) => it.name)).toEqual(named)
      expect(parameters.every((it) => it.schema && ['path', 'query', 'header'].includes(it.in))).toBe(true)
      expect(Object.keys(described.responses).every((status) => /^(default|20[014])$/.test(status))).toBe(
        true,
      )
      for (const answer of Object.values(described.responses) as Json[])
        expect(answer.description).toBeTruthy()
      const body = described.requestBody?.content['application/json'].schema
      if (body && !body.$ref) expect(body.additionalProperties, path).toBe(false)
    }
  })

  test('has a shape for every reference, and instants as date-time', async ({ site }) => {
    const text = await (await site.web.request(`${BASE}/openapi.json`)).text()
    const document: Json = JSON.parse(text)
    const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name ?? '',
    )
    expect(references.length).toBeGreaterThan(20)
    for (const name of references) expect(document.components.schemas).toHaveProperty(name)
    expect(document.components.schemas.Incident.properties.started_at).toMatchObject({
      type: 'string',
      format: 'date-time',
    })
    const opening = document.paths['/incidents'].post.requestBody.content['application/json'].schema
    expect(opening.required).toEqual(['name', 'body'])
    expect(opening.properties.display_at).toMatchObject({ type: 'string', format: 'date-time' })
  })

  test('lists every route that answers', async ({ site }) => {
    const documented = (await documentedOperations(site)).map(
      ({ method, path }) => `${method} ${BASE}${path.replaceAll(/\{(.+?)\}/g, ':$1')}`,
    )
    const unlisted = [`${BASE}/openapi.json`, `${BASE}/docs`, `${BASE}/docs.css`].map((path) => `GET ${path}`)
    const routed = site.web.routes
      .filter(({ path, method }) => path.startsWith(BASE) && method !== 'ALL')
      .map(({ path, method }) => `${method} ${path}`)
    expect([...new Set(routed)].sort()).toEqual([...documented, ...unlisted].sort())
  })

  test('can be read as a page, without script or style inside', async ({ site }) => {
    const response = await site.web.request(`${BASE}/docs`)
    const page = await response.text()
    expect(response.headers.get('Content-Type')).toContain('text/html')
    for (const { method, path } of await documentedOperations(site))
      expect(page).toContain(`>${method}</span> ${path}</h3>`)
    expect(page).not.toMatch(/<script|<style|style=|https?:\/\//)
    expect(page).not.toContain('undefined')
    const css = await site.web.request(`${BASE}/docs.css`)
    expect(css.headers.get('Content-Type')).toContain('text/css')
  })
})
