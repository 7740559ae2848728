import { type Context, Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { readFeed } from '../../domain/status-page/read-feed.ts'
import { isId } from '../../lib/ids.ts'
import { renderAtom } from '../../render/atom.ts'
import type { Feed } from '../../render/feed.ts'
import { historyFeed } from '../../render/history-feed.ts'
import { renderRss } from '../../render/rss.ts'
import { answerDocument, answerNotThere } from './answer-document.ts'
import { ATOM_TYPE, RSS_TYPE } from './feed-types.ts'

/** The history of the page, or of one component: one item per incident and maintenance. */
export function history(ctx: AppContext): Hono {
  async function answer(c: Context, type: string, render: (feed: Feed) => string): Promise<Response> {
    const componentId = c.req.param('id')
    if (componentId !== undefined && !isId(componentId)) return answerNotThere(c, NO_COMPONENT)
    const view = await ctx.snapshot((reader) =>
      readFeed(reader, { componentId }, { url: ctx.config.url, now: ctx.now() }),
    )
    if (view === undefined) return answerNotThere(c, NO_COMPONENT)
    return answerDocument(c, { type, body: render(historyFeed(view)) })
  }

  const app = new Hono()
  for (const folder of ['', '/components/:id']) {
    app.get(`${folder}/history.rss`, (c) => answer(c, RSS_TYPE, renderRss))
    app.get(`${folder}/history.atom`, (c) => answer(c, ATOM_TYPE, renderAtom))
  }
  return app
}

const NO_COMPONENT = 'There is no such component.'
