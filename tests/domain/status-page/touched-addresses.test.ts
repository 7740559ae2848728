import { openIncident } from '../../../src/domain/incidents/open-incident.ts'
import { getPage } from '../../../src/domain/page.ts'
import { touchedAddresses } from '../../../src/domain/status-page/touched-addresses.ts'
import { expect, test } from '../../support/site.ts'
import { signIn } from '../../support/staff.ts'

test('what happens among staff touches nothing: time does, where something is open', async ({ site }) => {
  const incident = await site.as('responder', (tx) =>
    openIncident(tx, {
      name: 'Payments fail',
      body: 'We look.',
      components: { [site.components.checkout]: 'major_outage' },
    }),
  )
  const { version } = await getPage(site.ctx.read)
  await signIn((work) => site.as('administrator', work), 'viewer', { origin: site.ctx.config.url })
  site.clock.advance({ minutes: 1 })
  const touched = await touchedAddresses(site.ctx.read, version, site.clock.now())
  expect(touched).toContain(`/incidents/${incident}`)
})
