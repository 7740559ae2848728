import { Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { readFeedUpdates } from '../../domain/status-page/read-feed-updates.ts'
import { renderAtom } from '../../render/atom.ts'
import { renderJsonFeed } from '../../render/feed-json.ts'
import { renderRss } from '../../render/rss.ts'
import { updatesFeed } from '../../render/updates-feed.ts'
import { answerDocument } from './answer-document.ts'
import { ATOM_TYPE, JSON_FEED_TYPE, RSS_TYPE } from './feed-types.ts'

/** The newest updates, one item each, as chat tools want them. */
export function updates(ctx: AppContext): Hono {
  const feed = async () =>
    updatesFeed(
      await ctx.snapshot((reader) => readFeedUpdates(reader, { url: ctx.config.url, now: ctx.now() })),
    )

  const app = new Hono()
  app.get('/updates.rss', async (c) => answerDocument(c, { type: RSS_TYPE, body: renderRss(await feed()) }))
  app.get('/updates.atom', async (c) =>
    answerDocument(c, { type: ATOM_TYPE, body: renderAtom(await feed()) }),
  )
  app.get('/feed.json', async (c) =>
    answerDocument(c, { type: JSON_FEED_TYPE, body: renderJsonFeed(await feed()) }),
  )
  return app
}
