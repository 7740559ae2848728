import type { APIRoute } from 'astro'
import { askProvider } from '../../../../auth/provider.ts'
import { isLedFromElsewhere } from '../../../../auth/same-origin.ts'
import { whereNext } from '../../../../console/where-next.ts'

/** Leads to the provider of identities, whoever has asked for it here: a link on another site signs nobody in. */
export const GET: APIRoute = async ({ locals: { ctx }, request, url }) => {
  if (ctx.config.oidc === null) return new Response(null, { status: 404 })
  const next = whereNext(url.searchParams.get('next') ?? '')
  if (isLedFromElsewhere(request)) {
    const Location = `/admin/sign-in?${new URLSearchParams({ next })}`
    return new Response(null, { status: 303, headers: { Location } })
  }
  try {
    const { location, cookie } = await askProvider(ctx, next)
    return new Response(null, { status: 303, headers: { Location: location, 'Set-Cookie': cookie } })
  } catch (error) {
    ctx.log.error({ error }, 'The provider of identities cannot be reached.')
    return new Response(null, { status: 303, headers: { Location: '/admin/sign-in?provider=away' } })
  }
}
