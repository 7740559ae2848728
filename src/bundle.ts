import type { RequestListener } from 'node:http'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Where the build has put the files that browsers load. */
export const BUILT_FILES = path.resolve('dist/client')

/** What Astro made of `src/fetch.ts` (pages, feeds, both APIs), with two ways in. */
export interface Bundle {
  /** Answers who is connected. */
  handler: RequestListener
  /** Answers this process. */
  answer(request: Request): Promise<Response>
}

/** What a build makes of `src/entry.ts`: the whole program. */
export interface Program extends Bundle {
  /** Serves until the signal, and ends this process. */
  run(stopping: AbortSignal): Promise<void>
}

/** @throws Error with one clear sentence when the site is not built */
export async function loadBundle(): Promise<Program> {
  const entry = path.resolve('dist/server/entry.mjs')
  try {
    return (await import(pathToFileURL(entry).href)) as Program
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new Error('The site is not built yet. Run `npm run build` first.', { cause: error })
  }
}
