import { forgetAnswers } from '../../src/jobs/forget-answers.ts'
import { clientOf } from '../api/admin/client.ts'
import { expect, test } from '../support/site.ts'

test('what was answered a week ago is forgotten, and a newer answer is kept', async ({ site }) => {
  const api = await clientOf(site, 'incidents:write')
  const post = (key: string) =>
    api.post('/incidents', { name: 'Slow', body: 'Looking.' }, { 'Idempotency-Key': key })
  const keys = async () => (await site.ctx.read.selectFrom('idempotency_key').select('key').execute()).length
  for (const key of ['one', 'two', 'three']) await post(key)
  site.clock.advance({ days: 7 })
  await post('later')
  expect(await forgetAnswers.runOne(site.ctx)).toBe(false)
  site.clock.advance({ seconds: 1 })
  expect(await forgetAnswers.runOne(site.ctx)).toBe(true)
  expect(await keys()).toBe(1)
  expect(await forgetAnswers.runOne(site.ctx)).toBe(false)
  expect((await post('later')).headers.get('Idempotency-Replayed')).toBe('true')
})
