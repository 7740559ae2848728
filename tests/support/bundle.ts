import type { RequestListener } from 'node:http'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import inject from 'light-my-request'

/** Asks the bundle that Astro made, in this process; it takes its settings from the environment. */
export interface Bundle {
  handler: RequestListener
  get(address: string): Promise<Response>
}

/** Sets the environment first, because the bundle opens its database at the first request and keeps it. */
export async function loadBundle(settings: Record<`AVOW_${string}`, string>): Promise<Bundle> {
  Object.assign(process.env, settings)
  const entry = pathToFileURL(path.resolve('dist/server/entry.mjs')).href
  const { handler } = (await import(/* @vite-ignore */ entry)) as { handler: RequestListener }
  return {
    handler,
    get: async (address) => {
      const { statusCode, headers, rawPayload } = await inject(handler, { url: address })
      const texts = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
      return new Response(new Uint8Array(rawPayload), { status: statusCode, headers: texts })
    },
  }
}
