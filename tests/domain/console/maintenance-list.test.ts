import { readMaintenanceList } from '../../../src/domain/console/read-maintenance-list.ts'
import { cancelMaintenance, postMaintenanceUpdate } from '../../../src/domain/maintenance/post-update.ts'
import { scheduleMaintenance } from '../../../src/domain/maintenance/schedule-maintenance.ts'
import type { MaintenanceView } from '../../../src/domain/status-page/views.ts'
import { HOUR_MS } from '../../../src/lib/instant.ts'
import { expect, test } from '../../support/site.ts'

test('staff see what runs, what comes, the next first, and the past page by page', async ({ site }) => {
  const plan = (name: string, inHours: number) =>
    site.as('responder', (tx) =>
      scheduleMaintenance(tx, {
        name,
        body: 'Soon.',
        scheduled_for: tx.now + inHours * HOUR_MS,
        scheduled_until: tx.now + (inHours + 1) * HOUR_MS,
      }),
    )
  await plan('Later', 9)
  await plan('Next', 5)
  const running = await plan('Running', 1)
  await site.as('responder', (tx) =>
    postMaintenanceUpdate(tx, running, { status: 'verifying', body: 'Looking whether it holds.' }),
  )
  for (let number = 1; number <= 51; number += 1) {
    const id = await plan(`Called off ${number}`, number)
    await site.as('responder', (tx) => cancelMaintenance(tx, id, {}))
  }

  const viewpoint = { url: site.ctx.config.url, now: site.clock.now(), isStaff: true }
  const first = await readMaintenanceList(site.ctx.read, viewpoint)
  expect(names(first.running)).toEqual(['Running'])
  expect(names(first.upcoming)).toEqual(['Next', 'Later'])
  expect([first.past.length, names(first.past)[0], names(first.past)[49]]).toEqual([
    50,
    'Called off 51',
    'Called off 2',
  ])
  const second = await readMaintenanceList(site.ctx.read, viewpoint, first.next ?? undefined)
  expect([names(second.past), second.next]).toEqual([['Called off 1'], null])
})

function names(views: MaintenanceView[]): string[] {
  return views.map(({ maintenance }) => maintenance.name)
}
