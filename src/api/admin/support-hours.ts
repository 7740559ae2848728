import { z } from '@hono/zod-openapi'
import {
  createSupportHours,
  deleteSupportHours,
  getSupportHours,
  listSupportHours,
  type SupportHours,
  updateSupportHours,
} from '../../domain/sla/support/support-hours.ts'
import {
  NewSupportHours,
  SUPPORT_CHANNELS,
  SupportHoursChanges,
} from '../../domain/sla/support/support-hours-input.ts'
import { toIso } from '../../lib/instant.ts'
import { changesOf, InstantOut } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { CursorId, CursorNumber, entriesAfter } from './cursor.ts'

const SupportHoursJson = z
  .object({
    id: z.string(),
    channel: z.enum(SUPPORT_CHANNELS),
    product: z.string().nullable(),
    plan: z.string().nullable(),
    time_zone: z.string(),
    hours: z.array(z.object({ weekdays: z.array(z.int()), opens: z.string(), closes: z.string() })),
    excluded_dates: z.array(z.string()),
    contact: z.string().nullable(),
    created_at: InstantOut,
    updated_at: InstantOut,
  })
  .openapi('SupportHours')

const scope = 'sla:write'
const tag = 'Support hours'

export function supportHoursRoutes(routes: AdminRoutes): void {
  routes.list(
    {
      path: '/sla/support-hours',
      scope: 'read',
      tag,
      summary: 'List the support hours, the first entered first',
      item: SupportHoursJson,
      cursor: z.tuple([CursorNumber, CursorId]),
    },
    {
      rows: async (reader, page) => entriesAfter(await listSupportHours(reader), placeOf, page),
      cursorOf: placeOf,
      json: async (_reader, all) => all.map(supportHoursJson),
    },
  )
  routes.write(
    {
      method: 'post',
      path: '/sla/support-hours',
      scope,
      tag,
      summary: 'Add support hours',
      description: 'At most one for each channel, product and plan. A night is two entries, cut at 24:00.',
      body: NewSupportHours,
      answer: SupportHoursJson,
    },
    async (tx, { body }) =>
      supportHoursJson(await getSupportHours(tx.db, await createSupportHours(tx, body))),
  )
  routes.read(
    {
      path: '/sla/support-hours/{id}',
      scope: 'read',
      tag,
      summary: 'Read support hours',
      answer: SupportHoursJson,
    },
    async (reader, { params }) => supportHoursJson(await getSupportHours(reader, params.id)),
  )
  routes.write(
    {
      method: 'patch',
      path: '/sla/support-hours/{id}',
      scope,
      tag,
      summary: 'Change support hours',
      body: changesOf(SupportHoursChanges),
      answer: SupportHoursJson,
    },
    async (tx, { params, body }) => {
      await updateSupportHours(tx, params.id, body)
      return supportHoursJson(await getSupportHours(tx.db, params.id))
    },
  )
  routes.write(
    {
      method: 'delete',
      path: '/sla/support-hours/{id}',
      scope,
      tag,
      summary: 'Delete support hours',
      description: 'The page says nothing of them from then on.',
    },
    (tx, { params }) => deleteSupportHours(tx, params.id),
  )
}

function placeOf(support: SupportHours): [number, string] {
  return [support.createdAt, support.id]
}

function supportHoursJson(support: SupportHours): z.input<typeof SupportHoursJson> {
  return {
    id: support.id,
    channel: support.channel,
    product: support.product,
    plan: support.plan,
    time_zone: support.timeZone,
    hours: support.hours,
    excluded_dates: support.excludedDates,
    contact: support.contact,
    created_at: toIso(support.createdAt),
    updated_at: toIso(support.updatedAt),
  }
}
