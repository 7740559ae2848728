import { z } from '@hono/zod-openapi'
import { assertUnchangedSince } from '../../domain/events/newest-event.ts'
import { COMMITMENTS, getPage, type Page, PageSettings, updatePage } from '../../domain/page.ts'
import { toIso } from '../../lib/instant.ts'
import { changesOf, InstantOut } from '../input.ts'
import type { AdminRoutes } from './admin-routes.ts'

export const PageJson = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string(),
    language: z.string().openapi({
      description: 'In which staff write what stands on the page: a BCP 47 tag.',
      example: 'en',
    }),
    time_zone: z.string(),
    home_url: z.string().nullable(),
    support_url: z.string().nullable(),
    accent: z.string(),
    commitments: z.enum(COMMITMENTS).openapi({ description: 'Who sees what is promised.' }),
    commitments_note: z.string().nullable(),
    logo_url: z.string().nullable(),
    dark_logo_url: z.string().nullable().openapi({ description: 'Where the dark ground has another one.' }),
    version: z
      .int()
      .openapi({ description: 'The newest change that readers may see something of; see `Based-On`.' }),
    updated_at: InstantOut,
  })
  .openapi('Page')

const tag = 'Page'

export function pageRoutes(routes: AdminRoutes): void {
  routes.read(
    { path: '/page', scope: 'read', tag, summary: 'Read the settings of the page', answer: PageJson },
    async (reader, { view }) => pageJson(await getPage(reader), view.url),
  )
  routes.write(
    {
      method: 'patch',
      path: '/page',
      scope: 'components:write',
      tag,
      summary: 'Change the settings of the page',
      body: changesOf(PageSettings),
      assertUnchanged: async (reader, version) =>
        assertUnchangedSince(reader, (await getPage(reader)).id, version),
      answer: PageJson,
    },
    async (tx, { body, view }) => {
      await updatePage(tx, body)
      return pageJson(await getPage(tx.db), view.url)
    },
  )
}

export function pageJson(page: Page, url: string): z.input<typeof PageJson> {
  return {
    id: page.id,
    name: page.name,
    url,
    language: page.language,
    time_zone: page.timeZone,
    home_url: page.homeUrl,
    support_url: page.supportUrl,
    accent: page.accent,
    commitments: page.commitments,
    commitments_note: page.commitmentsNote,
    logo_url: page.logo && `${url}/logo/${page.logo}`,
    dark_logo_url: page.darkLogo && `${url}/logo/${page.darkLogo}`,
    version: page.version,
    updated_at: toIso(page.updatedAt),
  }
}
