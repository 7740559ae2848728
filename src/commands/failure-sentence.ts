import { ZodError } from 'zod'

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  '28P01',
  '28000',
  '3D000',
])

/** What a command says on standard error when it fails: a sentence, never a stack. */
export function failureSentence(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code === 'string' && UNREACHABLE.has(code)) {
    return `The database that AVOW_DATABASE names cannot be reached (${code}).`
  }
  if (typeof code === 'string' && code.startsWith('SQLITE_')) {
    return `SQLite cannot use the database (${code}).`
  }
  if (error instanceof ZodError) return [...new Set(error.issues.map((issue) => issue.message))].join(' ')
  return error instanceof Error && error.message !== '' ? error.message : 'It failed for an unknown reason.'
}
