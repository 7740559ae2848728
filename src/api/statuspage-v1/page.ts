import { z } from 'zod'
import { getPage, PageSettings, updatePage } from '../../domain/page.ts'
import { DomainError } from '../../errors.ts'
import { toIso } from '../../lib/instant.ts'
import type { V1Routes, View } from './v1-routes.ts'
import { withoutNulls } from './without-nulls.ts'

/** Fields that a page here has too, under its own names. */
const SETTABLE = {
  name: PageSettings.shape.name,
  time_zone: PageSettings.shape.time_zone,
  url: PageSettings.shape.home_url,
  support_url: PageSettings.shape.support_url,
}

/** All other fields may be sent as they are answered, and not be changed. */
const PageFields = z.object(SETTABLE).partial().catchall(z.unknown())

export function pageRoutes(routes: V1Routes): void {
  routes.read('/pages', async (_reader, _asked, view) => [pageJson(view)])
  routes.read('/pages/:page', async (_reader, _asked, view) => pageJson(view))
  routes.change(
    {
      path: '/pages/:page',
      scope: 'components:write',
      body: { wrapper: 'page', fields: PageFields, clearable: ['url', 'support_url'] },
    },
    async (tx, { fields }, view) => {
      const { name, time_zone, url, support_url, ...others } = fields
      assertAsTheyAre(others, view)
      const wanted = { name, time_zone, home_url: url, support_url }
      const settings = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined))
      if (Object.keys(settings).length > 0) await updatePage(tx, settings)
      return pageJson({ ...view, page: await getPage(tx.db) })
    },
  )
}

/** @throws DomainError `invalid` naming each field that would have to change and cannot */
function assertAsTheyAre(others: Record<string, unknown>, view: View): void {
  const now = pageJson(view)
  const fields = Object.entries(others)
    .filter(([name, value]) => typeof value === 'object' || String(value) !== String(now[name]))
    .map(([name]) => ({ pointer: `/${name}`, message: 'This cannot be set here.' }))
  if (fields.length > 0) throw new DomainError('invalid', 'Not every field can be set here.', { fields })
}

function pageJson({ page, url }: View): Record<string, unknown> {
  return withoutNulls({
    id: page.id,
    updated_at: toIso(page.updatedAt),
    name: page.name,
    domain: new URL(url).host,
    url: page.homeUrl,
    support_url: page.supportUrl,
    hidden_from_search: false,
    allow_page_subscribers: false,
    allow_incident_subscribers: false,
    allow_email_subscribers: false,
    allow_sms_subscribers: false,
    allow_rss_atom_feeds: true,
    allow_webhook_subscribers: false,
    viewers_must_be_team_members: false,
    time_zone: page.timeZone,
  })
}
