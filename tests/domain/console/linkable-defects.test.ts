import { listLinkableDefects } from '../../../src/domain/console/linkable-defects.ts'
import { reportDefect } from '../../../src/domain/defects/defects.ts'
import { linkDefect } from '../../../src/domain/defects/links.ts'
import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { expect, test } from '../../support/site.ts'

test('an incident may be linked to defects that it is not linked to, found by a part of key or title', async ({
  site,
}) => {
  const file = (key: string, title: string) => {
    site.clock.advance({ seconds: 1 })
    return site.as('responder', (tx) => reportDefect(tx, { key, title, severity: 'high' }))
  }
  const linked = await file('PAY-1', 'Refunds are lost')
  await file('PAY-2', 'Payouts come 100% twice')
  await file('API_3', 'Tokens end too soon')
  await file('APIX3', 'Nothing is said of PAYMENTS')
  const id = await site.as('responder', (tx) => openIncident(tx, { name: 'Slow', body: 'Looking.' }))
  await site.as('responder', (tx) => linkDefect(tx, id, linked))

  const found = async (text: string) =>
    (await listLinkableDefects(site.ctx.read, id, text)).map(({ key }) => key)
  expect(await found('')).toEqual(['APIX3', 'API_3', 'PAY-2'])
  expect(await found('pay')).toEqual(['APIX3', 'PAY-2'])
  expect(await found('SOON')).toEqual(['API_3'])
  // As it is typed, whatever it means to a database.
  expect(await found('api_3')).toEqual(['API_3'])
  expect(await found('0%')).toEqual(['PAY-2'])
  expect(await found('\\')).toEqual([])

  for (let number = 1; number <= 7; number += 1) await file(`DEV-${number}`, 'One of many')
  expect(await found('dev')).toEqual(['DEV-7', 'DEV-6', 'DEV-5', 'DEV-4', 'DEV-3', 'DEV-2'])
})
