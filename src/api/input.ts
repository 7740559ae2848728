import { z } from '@hono/zod-openapi'
import { DomainError, type FieldError } from '../errors.ts'
import { type Instant, parseIso, toIso } from '../lib/instant.ts'
import { fieldSentence } from './field-sentences.ts'
import { pointerTo } from './pointer.ts'

const LAST_INSTANT = Date.parse('9999-12-31T23:59:59.999Z')

/** An instant on its way in: ISO 8601 with an offset or `Z`, milliseconds inside. */
export const InstantIn = z
  .string()
  .transform((text, context): Instant => {
    const at = /^\d{4}-\d\d-\d\dT[^[]+$/.test(text) ? parseIso(text) : undefined
    if (at !== undefined && at >= 0 && at <= LAST_INSTANT) return at
    context.addIssue(
      at === undefined
        ? 'This is not a time with an offset, for instance 2026-11-13T20:00:00+05:30 or 2026-11-13T14:30:00Z.'
        : 'This time lies outside the years 1970 to 9999.',
    )
    return z.NEVER
  })
  .openapi({ format: 'date-time', example: '2026-11-13T14:30:00.000Z' })

/** An instant on its way out: always `Z`, always with milliseconds. */
export const InstantOut = z.string().openapi({ format: 'date-time', example: '2026-11-13T14:30:00.000Z' })

/** For what may not have happened yet. */
export function isoOrNull(at: Instant | null): string | null {
  return at === null ? null : toIso(at)
}

/** Changes of something: any of its fields, at least one. */
export function changesOf<Schema extends z.ZodObject>(schema: Schema): Schema {
  return schema.refine(
    (changes) => Object.keys(changes).length > 0,
    'Say at least one field that should change.',
  )
}

/** A query from a URL as an object; a parameter that is given twice is refused. */
export function queryValues(url: string): { values: Record<string, string>; errors: FieldError[] } {
  const entries = [...new URL(url).searchParams]
  const names = entries.map(([name]) => name)
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  return {
    // `fromEntries` defines properties, so that a parameter named `__proto__` is only an unknown one.
    values: Object.fromEntries(entries),
    errors: [...new Set(twice)].map((name) => ({
      pointer: `?${name}`,
      message: 'This parameter is given twice.',
    })),
  }
}

/** Parses one part of a request; every wrong field comes back with a sentence. */
export function parsePart<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  part: 'body' | 'query',
): { data?: z.output<Schema>; errors: FieldError[] } {
  const parsed = schema.safeParse(value, { error: fieldSentence })
  if (parsed.success) return { data: parsed.data, errors: [] }
  const point = part === 'body' ? pointerTo : (path: PropertyKey[]) => `?${String(path[0])}`
  return { errors: parsed.error.issues.flatMap((issue) => fieldErrors(issue, point)) }
}

/** @throws DomainError `invalid` with all of them, when there are any */
export function assertNoErrors(errors: FieldError[]): void {
  if (errors.length === 0) return
  const [first] = errors
  const sentence =
    errors.length === 1 && first ? first.message : `${errors.length} fields cannot be accepted.`
  throw new DomainError('invalid', sentence, { fields: errors })
}

function fieldErrors(issue: z.core.$ZodIssue, point: (path: PropertyKey[]) => string): FieldError[] {
  if (issue.code !== 'unrecognized_keys') return [{ pointer: point(issue.path), message: issue.message }]
  return issue.keys.map((key) => ({
    pointer: point([...issue.path, key]),
    message: 'There is no such field.',
  }))
}
