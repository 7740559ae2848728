import type { APIRoute } from 'astro'
import { styleSheet } from '../../ui/style-sheet.ts'

/** The style sheet of every page. Its address names the accent colour and what it holds: `2f5bd7-1c0ffee5`. */
export const GET: APIRoute = ({ params }) => {
  const accent = /^([0-9a-f]{6})-[0-9a-f]{8}$/.exec(params.sheet ?? '')?.[1]
  if (accent === undefined) return new Response(null, { status: 404 })
  const { address, text } = styleSheet(`#${accent}`)
  // A page that somebody has kept from before an upgrade is drawn as well as can be, and asks again.
  const isCurrent = address === `/theme/${params.sheet}.css`
  return new Response(text, {
    headers: {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': isCurrent ? 'public, max-age=31536000, immutable' : 'no-cache',
    },
  })
}
