import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'

export const CLIENT = { id: 'avow', secret: 'known to the provider and to Avow alone' }

/** Somebody who has an account at the provider. */
export interface Account {
  email: string
  email_verified: boolean
  name?: string
}

/** A real provider of identities (OpenID Connect), whose accounts sign in with any password. */
export interface IdentityProvider {
  issuer: string
  /** What somebody comes back with who was sent there and signs in with this account. */
  signIn(location: string, account: Account): Promise<URL>
  stop(): Promise<void>
}

export async function startIdentityProvider(returnTo: string): Promise<IdentityProvider> {
  const server: Server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const accounts = new Map<string, Account>()
  const provider = quietly(
    () =>
      new Provider(issuer, {
        clients: [{ client_id: CLIENT.id, client_secret: CLIENT.secret, redirect_uris: [returnTo] }],
        claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
        findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...accounts.get(id) }) }),
        cookies: { keys: ['of the tests'] },
        ttl: { Session: 60, Interaction: 60, Grant: 60, AccessToken: 60, IdToken: 60, AuthorizationCode: 60 },
      }),
  )
  server.on('request', provider.callback())
  return {
    issuer,
    async signIn(location, account) {
      accounts.set(account.email, account)
      const visitor = new Visitor(issuer, returnTo)
      let at = await visitor.get(location)
      for (const fields of formsOf(account)) {
        if (at.href.startsWith(returnTo)) break
        at = await visitor.post(at.href, fields)
      }
      return at
    },
    stop: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** What its two forms ask: who it is, and whether Avow may know. */
function formsOf({ email }: Account): Record<string, string>[] {
  return [{ prompt: 'login', login: email, password: 'any' }, { prompt: 'consent' }]
}

/** It says at length that forms and keys for development are not for production. */
function quietly<Made>(make: () => Made): Made {
  const { warn } = console
  console.warn = () => undefined
  try {
    return make()
  } finally {
    console.warn = warn
  }
}

/** A browser as far as the provider's forms need one. */
class Visitor {
  readonly #cookies = new Map<string, string>()
  readonly #issuer: string
  readonly #returnTo: string

  constructor(issuer: string, returnTo: string) {
    this.#issuer = issuer
    this.#returnTo = returnTo
  }

  get(address: string): Promise<URL> {
    return this.#follow(address, { method: 'GET' })
  }

  post(address: string, fields: Record<string, string>): Promise<URL> {
    return this.#follow(address, { method: 'POST', body: new URLSearchParams(fields) })
  }

  /** Where it ends up: at a form of the provider, or on the way back. */
  async #follow(address: string, init: RequestInit): Promise<URL> {
    const at = new URL(address, this.#issuer)
    if (at.href.startsWith(this.#returnTo)) return at
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(at, { ...init, headers: { Cookie: cookie }, redirect: 'manual' })
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split(/=(.*)/s)
      this.#cookies.set(name, value)
    }
    await answer.arrayBuffer()
    const next = answer.headers.get('Location')
    return next === null ? at : this.#follow(new URL(next, at).href, { method: 'GET' })
  }
}
