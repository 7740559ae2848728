import type { Attempt } from '../../src/auth/sign-in.ts'

/** A browser as far as signing in needs one: it keeps cookies, and has an address. */
export class Browser {
  readonly #cookies = new Map<string, string>()
  readonly #address: string

  constructor(address = '192.0.2.1') {
    this.#address = address
  }

  /** What the program is given when somebody tries to sign in here. */
  get attempt(): Attempt {
    const headers = { Cookie: this.cookie, 'User-Agent': 'A browser' }
    return {
      request: new Request('https://status.ledgerlane.example/admin', { headers }),
      address: this.#address,
    }
  }

  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Keeps what `Set-Cookie` headers say. */
  take(cookies: string[]): void {
    for (const cookie of cookies) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s)
      this.#cookies.set(name, value)
    }
  }
}
