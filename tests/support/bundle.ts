import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Bundle } from '../../src/bundle.ts'

/** Asks the bundle that Astro made, in this process; it takes its settings from the environment. */
export interface AskedBundle {
  get(path: string): Promise<Response>
}

/** Sets the environment first, because the bundle opens its database at the first request and keeps it. */
export async function loadBundle(settings: Record<`AVOW_${string}`, string>): Promise<AskedBundle> {
  Object.assign(process.env, settings)
  const entry = pathToFileURL(path.resolve('dist/server/entry.mjs')).href
  const { answer } = (await import(/* @vite-ignore */ entry)) as Bundle
  return { get: (path) => answer(new Request(`http://localhost${path}`)) }
}
