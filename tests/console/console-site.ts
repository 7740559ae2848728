import { AdminClient } from '../../src/console/admin-client.ts'
import { Desk } from '../../src/console/desk.ts'
import type { Fields } from '../../src/console/fields.ts'
import { type Admitted, admittedIn } from '../../src/console/gate.ts'
import type { Role } from '../../src/domain/staff/scopes.ts'
import { createWeb } from '../../src/web.ts'
import type { Site } from '../support/site.ts'
import { signIn } from '../support/staff.ts'

/** What a page of the console was drawn with. */
export interface Drawn {
  status: number
  location: string | null
  value(name: string): string
  errorAt(pointer: string): string | undefined
  fields: Fields
  admitted: Admitted
}

/** Somebody at a browser in front of the console. */
export interface Visitor {
  cookie: string
  staffId: string
  csrfToken: string
  get(path: string): Promise<Drawn>
  /** Sends the form that stands on the page, with the fields that a page puts into each. */
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Drawn>
}

/**
 * The console on a real database, with the gate in front and one page: an incident and the form for its next update. The
 * page answers with what it would be drawn with.
 */
export function consoleOf(site: Site) {
  const web = createWeb(site.ctx)
  let drawn: { fields?: Fields; admitted: Admitted } | undefined
  web.all('/admin/*', async (c) => {
    const admitted = admittedIn(c)
    if (admitted === undefined) throw new Error('The gate does not stand before this.')
    drawn = { admitted }
    if (admitted.session === undefined) return c.text('sign in', 401)
    const api = new AdminClient(web.fetch, {
      origin: site.ctx.config.url,
      cookie: c.req.header('Cookie') ?? '',
    })
    const response: { status?: number } = {}
    const locals = { ctx: site.ctx, admitted, api, requestId: '' }
    const rewrite = () => Promise.reject(new Error('This page refuses nobody.'))
    const desk = new Desk({ locals, url: new URL(c.req.url), response, rewrite })
    const id = c.req.path.split('/').at(-1) ?? ''
    const submitted = await desk.submit({
      name: 'update',
      send: (form) => ({
        method: 'post',
        path: `/incidents/${id}/updates`,
        ...(form.has('version') && { basedOn: form.text('version') }),
        body: { status: form.text('status'), body: form.text('body') },
      }),
      next: () => `/admin/incidents/${id}?said=posted`,
    })
    if (submitted instanceof Response) return submitted
    drawn = { admitted, fields: submitted }
    return c.text('drawn', (response.status ?? 200) as 200)
  })

  async function ask(path: string, init: RequestInit): Promise<Drawn> {
    drawn = undefined
    const response = await web.request(`${site.ctx.config.url}${path}`, init)
    const { fields, admitted } = (drawn ?? {}) as { fields: Fields; admitted: Admitted }
    return {
      status: response.status,
      location: response.headers.get('Location'),
      value: (name) => fields.value(name),
      errorAt: (pointer) => fields.errorAt(pointer),
      fields,
      admitted,
    }
  }

  return {
    web,
    async visitor(role: Role | null): Promise<Visitor> {
      const origin = site.ctx.config.url
      const cookie =
        role === null ? '' : (await signIn((work) => site.as('administrator', work), role, { origin })).cookie
      const get = (path: string) => ask(path, { headers: { Cookie: cookie } })
      const { admitted } = role === null ? { admitted: undefined } : await get('/admin/incidents/none')
      const csrfToken = admitted?.session?.csrfToken ?? ''
      return {
        cookie,
        staffId: admitted?.session?.staff.id ?? '',
        csrfToken,
        get,
        post: (path, fields, headers = {}) =>
          ask(path, {
            method: 'POST',
            headers: { Cookie: cookie, 'Sec-Fetch-Site': 'same-origin', ...headers },
            body: new URLSearchParams({ csrf: csrfToken, form: 'update', ...fields }),
          }),
      }
    },
  }
}
