import { request } from 'node:http'
import { buffer } from 'node:stream/consumers'

/** One answer as it goes over the line, for `writeHead`. */
export interface RawAnswer {
  status: number
  /** Names and values in turn. */
  headers: string[]
  /** Base64. */
  body: string
  /** The tag that a reader has to have to get it; null: everybody does. */
  ifNoneMatch: string | null
}

/** Asks once, for an answer without what belongs to one connection. */
export async function rawAnswer(url: string, headers: Record<string, string>): Promise<RawAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<RawAnswer>()
  const asking = request(url, { headers, agent: false }, async (incoming) => {
    const body = await buffer(incoming)
    const lines = incoming.rawHeaders.flatMap((name, index, all) =>
      index % 2 === 0 && !/^(date|connection|keep-alive)$/i.test(name) ? [name, all[index + 1] ?? ''] : [],
    )
    resolve({
      status: incoming.statusCode ?? 0,
      headers: lines,
      body: body.toString('base64'),
      ifNoneMatch: headers['if-none-match'] ?? null,
    })
  })
  asking.on('error', reject).end()
  return promise
}

/** What a header of it says; empty without it. */
export function headerIn({ headers }: RawAnswer, name: string): string {
  const at = headers.findIndex((one, index) => index % 2 === 0 && one.toLowerCase() === name)
  return at < 0 ? '' : (headers[at + 1] ?? '')
}
