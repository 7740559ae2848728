import { readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Log } from '../context.ts'
import type { Instant } from '../lib/instant.ts'
import type { Content } from './entry.ts'
import { isPageFileName, pageFileName, parsePageFile } from './page-file.ts'

/** Says until when documents of the last state of the page were found to be good. */
export const CONFIRMED_FILE = 'confirmed.json'

const Confirmed = z.object({ stateId: z.string(), at: z.number() })
export type Confirmed = z.infer<typeof Confirmed>

/**
 * The documents that an earlier run, or another process, has left in a folder, the latest first, as far as they fit into
 * so many bytes; the others are removed, and with them what a process that is no more has not finished.
 */
export async function readDiskCopy(folder: string, maxBytes: number, log: Log): Promise<Content[]> {
  const files = await listFiles(folder)
  const confirmed = await readConfirmed(folder, log)
  const pages: Content[] = []
  let bytes = 0
  for (const { file, size } of files) {
    bytes += size
    const found = bytes <= maxBytes ? await orGone(readFile(file)) : undefined
    const page = found && parsePageFile(found)
    // A damaged one, or one too many.
    if (page === undefined || path.join(folder, pageFileName(page.key)) !== file)
      await rm(file, { force: true })
    else pages.push(page.stateId === confirmed?.stateId ? asOf(confirmed.at, page) : page)
  }
  return pages
}

/** The latest first. What another process takes away meanwhile is not there. */
async function listFiles(folder: string): Promise<{ file: string; mtimeMs: number; size: number }[]> {
  const names = await readdir(folder)
  for (const name of names.filter(isLeftBehind)) await rm(path.join(folder, name), { force: true })
  const files = await Promise.all(
    names.filter(isPageFileName).map(async (name) => {
      const file = path.join(folder, name)
      const found = await orGone(stat(file))
      return found === undefined ? [] : [{ file, mtimeMs: found.mtimeMs, size: found.size }]
    }),
  )
  return files.flat().sort((a, b) => b.mtimeMs - a.mtimeMs)
}

/** Undefined when nothing is known: what was made is then as old as it is. */
async function readConfirmed(folder: string, log: Log): Promise<Confirmed | undefined> {
  try {
    return Confirmed.parse(JSON.parse(await readFile(path.join(folder, CONFIRMED_FILE), 'utf8')))
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT')
      log.warn({ error, folder }, 'It cannot be read until when the last pages were good.')
    return undefined
  }
}

/** Whether a file of ours was not finished by a process that is no more. */
function isLeftBehind(name: string): boolean {
  const pid = /^(?:[0-9a-f]{32}\.page|confirmed\.json)\.(\d+)\.unfinished$/.exec(name)?.[1]
  if (pid === undefined) return false
  try {
    process.kill(Number(pid), 0)
    return false
  } catch (error) {
    return (error as { code?: string }).code === 'ESRCH'
  }
}

/** Undefined for a file that is not there. */
async function orGone<Found>(found: Promise<Found>): Promise<Found | undefined> {
  try {
    return await found
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
    return undefined
  }
}

function asOf(at: Instant, page: Content): Content {
  return { ...page, madeAt: Math.max(at, page.madeAt) }
}
