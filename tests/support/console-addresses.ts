import { createIncidentTemplate } from '../../src/domain/incidents/templates.ts'
import { createSupportHours } from '../../src/domain/sla/support/support-hours.ts'
import { createContract } from '../../src/domain/sla/terms/write-contract.ts'
import { NO_ID } from './public-routes.ts'
import type { PublicSite } from './public-site.ts'

/**
 * Adds to a page what the console has beside what everybody sees, and says for each page of the console, as its file is
 * called (`/admin/incidents/[id]`), an address at which it shows one of them; `customer` has a contract, `member` is one
 * of the staff.
 */
export async function consoleAddresses(
  { write, ctx, world }: PublicSite,
  { customer, member }: { customer: string; member: string },
): Promise<(page: string) => string> {
  const [maintenance = ''] = world.maintenances
  const { id: announced } = await ctx.read
    .selectFrom('status_update')
    .select('id')
    .where('maintenance_id', '=', maintenance)
    .executeTakeFirstOrThrow()
  const contract = await write((tx) => createContract(tx, { name: 'Terms', customer, policy_id: 'standard' }))
  const hours = await write((tx) =>
    createSupportHours(tx, {
      channel: 'phone',
      time_zone: 'Asia/Kolkata',
      hours: [{ weekdays: [1], opens: '09:00', closes: '17:00' }],
    }),
  )
  const template = await write((tx) =>
    createIncidentTemplate(tx, { title: 'Slow', name: 'It is slow', body: 'We are looking into it.' }),
  )
  const examples: Record<string, Record<string, string>> = {
    '/admin/incidents': { id: world.incidents.open, update: world.update },
    '/admin/maintenance': { id: maintenance, update: announced },
    '/admin/templates': { id: template },
    '/admin/components': { id: world.components[0] ?? '' },
    '/admin/components/groups': { id: world.groups[0] ?? '' },
    '/admin/defects': { id: world.defects.open, step: 'correct' },
    '/admin/sla/calendars': { id: 'standard' },
    '/admin/sla/contracts': { id: contract },
    '/admin/sla/policies': { id: 'standard' },
    '/admin/sla/support-hours': { id: hours },
    '/admin/releases': { id: world.releases.planned },
    '/admin/staff': { id: member },
    '/admin/invitations': { secret: NO_ID },
    '/admin/set-up': { secret: NO_ID },
  }
  return (page) =>
    page.replaceAll(/\[(\w+)\]/g, (place, name: string) => {
      const below = Object.keys(examples).findLast((start) => page.startsWith(`${start}/`)) ?? ''
      const value = examples[below]?.[name]
      if (value === undefined)
        throw new Error(`Say in the examples here what may stand for ${place} in ${page}.`)
      return value
    })
}
