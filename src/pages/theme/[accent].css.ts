import type { APIRoute } from 'astro'
import { accentStyles } from '../../ui/accent.ts'

/** The accent colour as a style sheet, because no style may stand in a page. Its address names the colour. */
export const GET: APIRoute = ({ params }) => {
  const accent = params.accent ?? ''
  if (!/^[0-9a-f]{6}$/.test(accent)) return new Response(null, { status: 404 })
  return new Response(accentStyles(`#${accent}`), {
    headers: {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=31536000, immutable',
    },
  })
}
