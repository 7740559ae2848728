import { NewLogo, removeLogo, setLogo } from '../../domain/logos/logos.ts'
import { getPage } from '../../domain/page.ts'
import type { AdminRoutes } from './admin-routes.ts'
import { PageJson, pageJson } from './page.ts'

const tag = 'Page'
const scope = 'components:write'
const LOGOS = [
  { path: '/page/logo', ground: 'light', words: 'the logo' },
  { path: '/page/dark-logo', ground: 'dark', words: 'the logo for the dark ground' },
] as const

export function logoRoutes(routes: AdminRoutes): void {
  for (const { path, ground, words } of LOGOS) {
    routes.write(
      {
        method: 'put',
        path,
        scope,
        tag,
        summary: `Set ${words}`,
        description:
          'A PNG or an SVG of at most 64 kB, in base64. An SVG that could run something is refused.',
        body: NewLogo,
        bodyLimitBytes: 128 * 1024,
        answer: PageJson,
      },
      async (tx, { body, view }) => {
        await setLogo(tx, ground, body)
        return pageJson(await getPage(tx.db), view.url)
      },
    )
    routes.write(
      { method: 'delete', path, scope, tag, summary: `Take ${words} away`, answer: PageJson },
      async (tx, { view }) => {
        await removeLogo(tx, ground)
        return pageJson(await getPage(tx.db), view.url)
      },
    )
  }
}
