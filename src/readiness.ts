import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Serving } from './page-cache/page-cache.ts'

const SENTENCES = {
  page: 'ready\n',
  'last pages': 'ready: the database cannot be asked; the last pages are served with their age\n',
  nothing: 'not ready: the database cannot be asked, and there is no page to serve\n',
  ending: 'not ready: the program ends\n',
}

/**
 * Answers `/readyz`: whether readers should come here. They should as long as there is something to serve. Where all
 * processes ask one database, none would be left if its loss made them not ready, and nobody would see the last pages.
 */
export class Readiness {
  readonly #serving: () => Promise<Serving>
  #isEnding = false

  constructor(serving: () => Promise<Serving>) {
    this.#serving = serving
  }

  /** From now on it is not ready, so that who distributes requests hears of it while they are still served. */
  end(): void {
    this.#isEnding = true
  }

  /** @returns false when the request asks for something else, and nothing was sent */
  async answer({ method, url = '' }: IncomingMessage, response: ServerResponse): Promise<boolean> {
    if ((method !== 'GET' && method !== 'HEAD') || !/^\/readyz(\?|$)/.test(url)) return false
    const state = this.#isEnding ? 'ending' : await this.#serving()
    const isReady = state === 'page' || state === 'last pages'
    // An old answer says nothing about now, whoever stands in between.
    const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
    response.writeHead(isReady ? 200 : 503, headers).end(method === 'HEAD' ? undefined : SENTENCES[state])
    return true
  }
}
