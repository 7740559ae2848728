import type { RequestListener } from 'node:http'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Where the build has put the files that browsers load. */
export const BUILT_FILES = path.resolve('dist/client')

/**
 * The handler that Astro made of `src/fetch.ts`: pages, feeds, both APIs.
 * @throws Error with one clear sentence when the site is not built
 */
export async function loadBundle(): Promise<RequestListener> {
  const entry = path.resolve('dist/server/entry.mjs')
  try {
    const bundle = (await import(pathToFileURL(entry).href)) as { handler: RequestListener }
    return bundle.handler
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new Error('The site is not built yet. Run `npm run build` first.', { cause: error })
  }
}
