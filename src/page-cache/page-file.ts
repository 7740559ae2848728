import { hash } from 'node:crypto'
import { z } from 'zod'
import type { Content } from './entry.ts'

/** A document as a file: a line of JSON, then its bytes. */
export function pageFile({ body, ...head }: Content): Buffer {
  const line = JSON.stringify({ ...head, digest: digestOf(body) })
  return Buffer.concat([Buffer.from(`${line}\n`), body])
}

/** The name of the file of a document, from its key. */
export function pageFileName(key: string): string {
  return `${hash('sha256', key, 'hex').slice(0, 32)}.page`
}

/** Whether a name can be one of ours: the folder may have other files too. */
export function isPageFileName(name: string): boolean {
  return /^[0-9a-f]{32}\.page$/.test(name)
}

const Head = z.object({
  key: z.string(),
  headers: z.array(z.tuple([z.string(), z.string()])),
  timeZone: z.string(),
  madeAt: z.number(),
  pageId: z.string().nullable(),
  stateId: z.string().nullable(),
  digest: z.string(),
})

/** Undefined for what is damaged: bytes that are not those which were kept are nobody's page. */
export function parsePageFile(bytes: Buffer): Content | undefined {
  const end = bytes.indexOf('\n')
  if (end < 0) return undefined
  const body = bytes.subarray(end + 1)
  try {
    const { digest, ...head } = Head.parse(JSON.parse(bytes.subarray(0, end).toString()))
    return digest === digestOf(body) ? { ...head, body } : undefined
  } catch {
    // Neither JSON nor a head: somebody else's file, or half of ours.
    return undefined
  }
}

function digestOf(body: Buffer): string {
  return hash('sha256', body, 'base64url')
}
