import type { IncomingMessage, ServerResponse } from 'node:http'

/**
 * Whether new requests should still come here. `/readyz` is answered in front of everything else once the program has
 * been told to end, so that who distributes requests hears of it while they are still served.
 */
export class Readiness {
  #isEnding = false

  end(): void {
    this.#isEnding = true
  }

  /** Answers a question for readiness with 503 when the program ends; whether it has. */
  refuses(request: IncomingMessage, response: ServerResponse): boolean {
    if (!this.#isEnding || request.url !== '/readyz') return false
    response.writeHead(503, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' })
    response.end('not ready: the program ends\n')
    return true
  }
}
