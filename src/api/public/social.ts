import { type Context, Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { readHeadline } from '../../domain/status-page/read-headline.ts'
import { readIncidentPage } from '../../domain/status-page/read-incident-page.ts'
import { readMaintenancePage } from '../../domain/status-page/read-maintenance-page.ts'
import { isId } from '../../lib/ids.ts'
import { incidentCard, maintenanceCard, pageCard, type SocialCard } from '../../render/social-card.ts'
import { socialImage } from '../../render/social-image.ts'
import { answerDocument, answerNotThere } from './answer-document.ts'

/** The images that stand beside a link to the page, an incident or a maintenance. */
export function social(ctx: AppContext): Hono {
  const moment = () => ({ url: ctx.config.url, now: ctx.now() })

  async function cardOfPage(): Promise<SocialCard> {
    const { page, headline } = await ctx.snapshot((reader) => readHeadline(reader, moment()))
    return pageCard(page, headline)
  }

  async function cardOf(kind: string, id: string): Promise<SocialCard | undefined> {
    if (!isId(id)) return undefined
    if (kind === 'incidents') {
      const found = await ctx.snapshot((reader) => readIncidentPage(reader, id, moment()))
      return found && incidentCard(found.page, found.view)
    }
    if (kind === 'maintenance') {
      const found = await ctx.snapshot((reader) => readMaintenancePage(reader, id, moment()))
      return found && maintenanceCard(found.page, found.view)
    }
    return undefined
  }

  const app = new Hono()
  app.get('/social.png', async (c) => answerImage(c, await cardOfPage()))
  app.get('/social/:kind/:file{[0-9a-z]+\\.png}', async (c) => {
    const card = await cardOf(c.req.param('kind'), c.req.param('file').replace(/\.png$/, ''))
    return card ? answerImage(c, card) : answerNotThere(c, 'There is no such image.')
  })
  return app
}

async function answerImage(c: Context, card: SocialCard): Promise<Response> {
  return answerDocument(c, { type: 'image/png', body: await drawnOnce(card) })
}

/** The images drawn last, by everything that is drawn: a card that says the same is never drawn again. */
const drawn = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
const IMAGES_KEPT = 64

/** Many may ask at once; one draws. */
function drawnOnce(card: SocialCard): Promise<Uint8Array<ArrayBuffer>> {
  const key = JSON.stringify(card)
  const image = drawn.get(key) ?? socialImage(card)
  // Last in the map is last used, so the first one is the one to give up.
  drawn.delete(key)
  drawn.set(key, image)
  image.catch(() => drawn.delete(key))
  for (const oldest of drawn.keys()) {
    if (drawn.size <= IMAGES_KEPT) break
    drawn.delete(oldest)
  }
  return image
}
