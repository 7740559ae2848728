import { describe, expect, test } from '../../support/site.ts'
import { type Json, writer } from './client.ts'

describe('the commitments of the page', () => {
  test('are switched for everybody, for contracts and for nobody', async ({ site }) => {
    const api = await writer(site)
    expect((await api.get('/page')).body).toMatchObject({ commitments: 'public', commitments_note: null })
    const defect = { key: 'CHK-1', title: 'Down', severity: 'critical', confirmed_at: '2026-11-12T06:30:00Z' }
    const { body: incident } = await api.post('/incidents', { name: 'Down', body: 'Looking.' })
    const { body: linked } = await api.post('/defects', defect)
    await api.put(`/incidents/${incident.id}/defects/${linked.id}`)
    const published = async () => {
      const document: Json = await (await site.web.request(`/incidents/${incident.id}.json`)).json()
      return document.sla?.defects?.length ?? 0
    }
    expect(await published()).toBe(1)
    for (const commitments of ['internal', 'off']) {
      const changed = await api.patch('/page', { commitments })
      expect([changed.status, changed.body.commitments]).toEqual([200, commitments])
      expect(await published(), commitments).toBe(0)
    }
    await api.patch('/page', { commitments: 'public' })
    expect(await published()).toBe(1)
  })

  test('have a note, which can be taken away again', async ({ site }) => {
    const api = await writer(site)
    const noted = await api.patch('/page', { commitments_note: ' Contracts may say more. ' })
    expect(noted.body).toMatchObject({ commitments_note: 'Contracts may say more.', commitments: 'public' })
    expect((await api.get('/page')).body).toEqual(noted.body)
    expect((await api.patch('/page', { commitments_note: null })).body.commitments_note).toBeNull()
  })
})

test('the language that staff write in is one that there is, as BCP 47 writes it', async ({ site }) => {
  const api = await writer(site)
  expect((await api.get('/page')).body.language).toBe('en')
  expect((await api.patch('/page', { language: 'pt-br' })).body.language).toBe('pt-BR')
  for (const language of ['English', 'xx', '', 'de_DE', 'e']) {
    const { status, body } = await api.patch('/page', { language })
    expect([language, status, body.errors?.[0]?.pointer]).toEqual([language, 422, '/language'])
  }
})
