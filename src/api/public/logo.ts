import { Hono } from 'hono'
import type { AppContext } from '../../context.ts'
import { findLogo } from '../../domain/logos/logos.ts'
import { answerNotThere } from './answer-document.ts'

const TYPES: Record<string, string> = { png: 'image/png', svg: 'image/svg+xml' }

/** The logos of the page. Each address names what it holds, so that it can be kept for ever. */
export function logo(ctx: AppContext): Hono {
  const app = new Hono()
  app.get('/logo/:logo{[0-9a-f]+\\.(?:png|svg)}', async (c) => {
    const file = c.req.param('logo')
    const content = await findLogo(ctx.read, file)
    if (content === undefined) return answerNotThere(c, 'There is no such logo.')
    return c.body(content, 200, {
      'Content-Type': TYPES[file.split('.')[1] ?? ''] ?? 'application/octet-stream',
      'Cache-Control': 'public, max-age=31536000, immutable',
    })
  })
  return app
}
