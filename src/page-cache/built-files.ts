import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import mime from 'mime-types'
import type { Instant } from '../lib/instant.ts'
import type { Content } from './entry.ts'

/** The files that the build has made for browsers, by their paths. They stay as they are while the program runs. */
export async function readBuiltFiles(folder: string, now: Instant): Promise<Content[]> {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((it) => it.isFile())
  return Promise.all(
    files.map(async ({ parentPath, name }) => {
      const file = path.join(parentPath, name)
      const key = `/${path.relative(folder, file).split(path.sep).join('/')}`
      return {
        key,
        body: await readFile(file),
        headers: [
          ['content-type', mime.contentType(name) || 'application/octet-stream'],
          ['cache-control', cacheControlOf(key)],
          ['x-content-type-options', 'nosniff'],
        ],
        pageId: null,
        timeZone: 'UTC',
        madeAt: now,
      }
    }),
  )
}

/** Names with a hash never change their content; the others are asked for again. */
function cacheControlOf(key: string): string {
  return key.startsWith('/_astro/') ? 'public, max-age=31536000, immutable' : 'public, max-age=3600'
}
