import { vi } from 'vitest'
import { readVersions } from '../../src/domain/events/newest-event.ts'
import { openIncident } from '../../src/domain/incidents/open-incident.ts'
import { postIncidentUpdate } from '../../src/domain/incidents/post-update.ts'
import { listDrafts } from '../../src/domain/staff/drafts.ts'
import { listUpdatesOf } from '../../src/domain/updates/list-updates.ts'
import { forgetAnswers } from '../../src/jobs/forget-answers.ts'
import { describe, expect, type Site, test } from '../support/site.ts'
import { consoleOf } from './console-site.ts'

const NEWS = { status: 'identified', body: 'We know what it is.' }

describe('a form of the console', () => {
  test('posts once, however often its button is pressed', async ({ site }) => {
    const { path, texts } = await incidentOf(site)
    const responder = await consoleOf(site).visitor('responder')
    const answers = [
      await responder.post(path, { ...NEWS, once: 'k1' }),
      await responder.post(path, { ...NEWS, once: 'k1' }),
    ]
    expect(answers.map(({ status, location }) => [status, location])).toEqual([
      [303, `${path}?said=posted`],
      [303, `${path}?said=posted`],
    ])
    expect(await texts()).toEqual(['Looking into it.', NEWS.body])
  })

  test('that was sent and changed by going back says so, and can be sent again', async ({ site }) => {
    const { path, texts } = await incidentOf(site)
    const responder = await consoleOf(site).visitor('responder')
    await responder.post(path, { ...NEWS, once: 'k1' })
    const other = { ...NEWS, body: 'Another text.' }
    const { status, fields } = await responder.post(path, { ...other, once: 'k1' })
    expect([status, fields.problem?.title, fields.value('body')]).toEqual([
      409,
      'This form has been sent before',
      'Another text.',
    ])
    expect(fields.onceKey).not.toBe('k1')
    await responder.post(path, { ...other, once: fields.onceKey })
    expect(await texts()).toEqual(['Looking into it.', NEWS.body, 'Another text.'])
  })

  test('with a mistake in it says where, and loses nothing', async ({ site }) => {
    const { path, texts } = await incidentOf(site)
    const responder = await consoleOf(site).visitor('responder')
    const { status, errorAt, value, fields } = await responder.post(path, {
      status: 'gone',
      body: 'Typed.',
      once: 'k1',
    })
    expect([status, value('body')]).toEqual([422, 'Typed.'])
    expect(errorAt('/status')).toContain('one of')
    expect(errorAt('/stat')).toBeUndefined()
    expect(fields.onceKey).toBe('k1')
    expect(await texts()).toEqual(['Looking into it.'])
  })

  test('of somebody who may not send it says so, and loses nothing', async ({ site }) => {
    const { path, texts } = await incidentOf(site)
    const viewer = await consoleOf(site).visitor('viewer')
    const { status, value } = await viewer.post(path, NEWS)
    expect([status, value('body')]).toEqual([403, NEWS.body])
    expect(await texts()).toEqual(['Looking into it.'])
  })
})

describe('a draft', () => {
  test('is kept on the server until it is sent', async ({ site }) => {
    const { path } = await incidentOf(site)
    const responder = await consoleOf(site).visitor('responder')
    const kept = await responder.post(path, { ...NEWS, do: 'keep' })
    expect([kept.status, kept.location]).toEqual([303, path])
    const { fields } = await responder.get(path)
    expect([fields.value('body'), fields.keptAt]).toEqual([NEWS.body, site.clock.now()])
    await responder.post(path, { ...NEWS, once: fields.onceKey })
    const after = await responder.get(path)
    expect([after.fields.isFilled, after.fields.keptAt]).toEqual([false, undefined])
  })

  test('costs the form that is sent no write of its own, which could fail', async ({ site }) => {
    const { path, texts } = await incidentOf(site)
    const responder = await consoleOf(site).visitor('responder')
    const writes = vi.spyOn(site.ctx, 'write')
    await responder.post(path, { ...NEWS, once: 'k1', do: 'keep' })
    expect((await responder.get(path)).fields.onceKey).toBe('k1')
    await responder.post(path, { ...NEWS, once: 'k1' })
    expect(writes).toHaveBeenCalledTimes(2)
    expect(await texts()).toEqual(['Looking into it.', NEWS.body])
    expect(await listDrafts(site.ctx.read, responder.staffId)).toEqual([])

    site.clock.advance({ days: 8 })
    await forgetAnswers.runOne(site.ctx)
    expect(await site.ctx.read.selectFrom('draft').select('place').execute()).toEqual([])
  })

  test('written after going back to a form that was sent stays, and is sent in its turn', async ({
    site,
  }) => {
    const { path, texts } = await incidentOf(site)
    const responder = await consoleOf(site).visitor('responder')
    await responder.post(path, { ...NEWS, once: 'k1' })
    const other = { ...NEWS, body: 'Another text.', once: 'k1' }
    await responder.post(path, { ...other, do: 'keep' })
    expect((await responder.get(path)).value('body')).toBe('Another text.')
    const { fields } = await responder.post(path, other)
    expect(fields.problem?.title).toBe('This form has been sent before')
    await responder.post(path, { ...other, once: fields.onceKey })
    expect(await texts()).toEqual(['Looking into it.', NEWS.body, 'Another text.'])
    expect((await responder.get(path)).fields.isFilled).toBe(false)
  })

  test('can be thrown away', async ({ site }) => {
    const { path } = await incidentOf(site)
    const responder = await consoleOf(site).visitor('responder')
    await responder.post(path, { ...NEWS, do: 'keep' })
    await responder.post(path, { ...NEWS, do: 'discard' })
    expect((await responder.get(path)).fields.isFilled).toBe(false)
  })

  test('is nobody else’s, and moves no page', async ({ site }) => {
    const { path } = await incidentOf(site)
    const { visitor } = consoleOf(site)
    const [responder, administrator] = [await visitor('responder'), await visitor('administrator')]
    const version = () => site.ctx.read.selectFrom('page').select('version').executeTakeFirstOrThrow()
    const before = await version()
    await responder.post(path, { ...NEWS, do: 'keep' })
    expect((await administrator.get(path)).fields.isFilled).toBe(false)
    expect(await version()).toEqual(before)
  })

  test('keeps nothing that belongs to one view of the page', async ({ site }) => {
    const { path } = await incidentOf(site)
    const responder = await consoleOf(site).visitor('responder')
    await responder.post(path, { ...NEWS, once: 'k1', do: 'keep' })
    const { fields } = await site.ctx.read.selectFrom('draft').select('fields').executeTakeFirstOrThrow()
    expect(fields).toBe(new URLSearchParams(NEWS).toString())
  })
})

describe('of two responders at once', () => {
  test('the later is told what the earlier did, keeps the text, and decides anew', async ({ site }) => {
    const { id, path, texts } = await incidentOf(site)
    const version = async () => (await readVersions(site.ctx.read, [id])).get(id) ?? 0
    const responder = await consoleOf(site).visitor('responder')
    const looked = { ...NEWS, version: String(await version()) }
    site.clock.advance({ seconds: 12 })
    await site.as('administrator', (tx) =>
      postIncidentUpdate(tx, id, { status: 'resolved', body: 'It is over.' }),
    )
    const { status, fields } = await responder.post(path, { ...looked, once: 'k1' })
    expect([status, fields.value('body')]).toEqual([409, NEWS.body])
    expect(fields.problem?.current).toMatchObject({ by: 'An administrator', type: 'incident.updated' })
    expect(await texts()).toEqual(['Looking into it.', 'It is over.'])

    const current = await version()
    expect(fields.basis(current)).toBe(String(current))
    const again = await responder.post(path, {
      ...looked,
      version: fields.basis(current),
      once: fields.onceKey,
    })
    expect(again.status).toBe(303)
    expect(await texts()).toEqual(['Looking into it.', 'It is over.', NEWS.body])
  })

  test('a mistake in a field does not make one look at the newer version', async ({ site }) => {
    const { path } = await incidentOf(site)
    const responder = await consoleOf(site).visitor('responder')
    const { fields } = await responder.post(path, { status: 'gone', body: 'Typed.', version: '1' })
    expect(fields.basis(99)).toBe('1')
  })
})

async function incidentOf(site: Site) {
  const id = await site.as('administrator', (tx) =>
    openIncident(tx, { name: 'Payments fail', body: 'Looking into it.' }),
  )
  const texts = async () => (await listUpdatesOf(site.ctx.read, { incidentId: id })).map(({ body }) => body)
  return { id, path: `/admin/incidents/${id}`, texts }
}
