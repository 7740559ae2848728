import type { APIRoute } from 'astro'
import { askProvider } from '../../../../auth/provider.ts'
import { whereNext } from '../../../../console/where-next.ts'

/** Leads to the provider of identities. */
export const GET: APIRoute = async ({ locals: { ctx }, url }) => {
  if (ctx.config.oidc === null) return new Response(null, { status: 404 })
  try {
    const { location, cookie } = await askProvider(ctx, whereNext(url.searchParams.get('next') ?? ''))
    return new Response(null, { status: 303, headers: { Location: location, 'Set-Cookie': cookie } })
  } catch (error) {
    ctx.log.error({ error }, 'The provider of identities cannot be reached.')
    return new Response(null, { status: 303, headers: { Location: '/admin/sign-in?provider=away' } })
  }
}
