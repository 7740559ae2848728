import { type Context, Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { readComponentDocument } from '../../domain/status-page/read-component-documents.ts'
import { readHeadline } from '../../domain/status-page/read-headline.ts'
import { isId } from '../../lib/ids.ts'
import { BADGE_THEMES, type Badge, badgeSvg } from '../../render/badge.ts'
import { answerDocument, answerNotThere } from './answer-document.ts'

/** How the page is, or one of its components or groups, as a small image for other pages. */
export function badges(ctx: AppContext): Hono {
  const moment = () => ({ url: ctx.config.url, now: ctx.now() })

  async function badgeOfPage(): Promise<Badge> {
    const { page, headline } = await ctx.snapshot((reader) => readHeadline(reader, moment()))
    return { name: page.name, status: headline.status }
  }

  async function badgeOfComponent(id: string): Promise<Badge | undefined> {
    if (!isId(id)) return undefined
    const found = await ctx.snapshot((reader) => readComponentDocument(reader, id, moment()))
    if (found === undefined) return undefined
    const { component } = found
    return component.kind === 'group'
      ? { name: component.group.name, status: component.status }
      : { name: component.state.component.name, status: component.state.status }
  }

  const app = new Hono()
  app.get('/badge.svg', async (c) => answerBadge(c, await badgeOfPage()))
  app.get('/components/:id/badge.svg', async (c) => answerBadge(c, await badgeOfComponent(c.req.param('id'))))
  return app
}

/** In the colours that `?theme=` asks for, or else in those that the reader prefers. */
async function answerBadge(c: Context, badge: Badge | undefined): Promise<Response> {
  if (badge === undefined) return answerNotThere(c, 'There is no such component.')
  const theme = BADGE_THEMES.find((one) => one === c.req.query('theme')) ?? 'auto'
  return answerDocument(c, { type: 'image/svg+xml; charset=utf-8', body: await badgeSvg(badge, theme) })
}
