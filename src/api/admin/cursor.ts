import { z } from '@hono/zod-openapi'
import { invalidField } from '../../errors.ts'
import { isId } from '../../lib/ids.ts'

/** A place in a list: the values it is ordered by. What is not unique ends in an id. */
export type Cursor = (number | string)[]

export const CursorNumber = z.int()
export const CursorId = z.string().refine(isId)

/** What every list may be asked. */
export const PageQuery = z.strictObject({
  limit: z.coerce
    .number('This must be a whole number.')
    .int()
    .min(1)
    .max(100)
    .default(50)
    .openapi({ description: 'How many at most.' }),
  cursor: z.string().optional().openapi({ description: 'The `next_cursor` of the answer before.' }),
})

/** One page of a list; `next_cursor` is null on the last one. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() })
}

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor)).toString('base64url')
}

/** @throws DomainError `invalid` for a text that is no cursor of this list */
export function decodeCursor<Place extends Cursor>(schema: z.ZodType<Place>, text: string): Place {
  const parsed = schema.safeParse(parseJson(Buffer.from(text, 'base64url').toString()))
  if (!parsed.success) throw invalidField('?cursor', 'This is not a cursor of this list.')
  return parsed.data
}

/** The entries after a place, of a list that is short enough to be read whole. */
export function entriesAfter<Entry>(
  entries: Entry[],
  cursorOf: (entry: Entry) => Cursor,
  { after, take }: { after: Cursor | undefined; take: number },
): Entry[] {
  const rest = after ? entries.filter((entry) => isAfter(cursorOf(entry), after)) : entries
  return rest.slice(0, take)
}

function isAfter(place: Cursor, other: Cursor): boolean {
  const differs = place.findIndex((value, index) => value !== other[index])
  if (differs < 0) return false
  const [a, b] = [place[differs], other[differs]]
  return a !== undefined && b !== undefined && a > b
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not JSON, so not one of our cursors: the schema says so.
    return undefined
  }
}
