import { z } from '@hono/zod-openapi'
import { endOf, type Recorded, type Version } from '../../domain/sla/terms/validity.ts'
import type { Reader } from '../../domain/tx.ts'
import { toIso } from '../../lib/instant.ts'
import { InstantOut } from '../input.ts'
import { type Cursor, CursorId, CursorNumber, entriesAfter } from './cursor.ts'

/** A local day on its way out. */
const DayOut = z.string().openapi({ format: 'date', example: '2026-12-01' })

const versionFields = {
  version: z.int().openapi({ description: 'Counts the edits of it, from 1; see `Based-On`.' }),
  valid_from: DayOut.openapi({ description: 'The first local day on which a clock that starts runs by it.' }),
  valid_to: DayOut.nullable().openapi({
    description:
      'The first local day on which it holds no more; null: no end is known. One that was replaced before it began ends on the day on which it would have begun.',
  }),
  created_at: InstantOut,
}

/** What is edited by adding a version: what the newest one says, and every version, oldest first. */
export function versionedOf<Content extends z.ZodRawShape>(name: string, content: Content) {
  const version = z.object({ ...versionFields, ...content }).openapi(`${name}Version`)
  return z
    .object({ id: z.string(), ...versionFields, ...content, versions: z.array(version) })
    .openapi(name, { description: 'What the newest version says, and every version, oldest first.' })
}

/** The versions of one thing, oldest first, as that shape. */
export function versionedJson<Of extends Version & { id: string }, Content extends object>(
  versions: readonly Recorded<Of>[],
  contentOf: (version: Of) => Content,
) {
  const all = versions.map((version) => ({
    version: version.version,
    valid_from: version.validFromOn,
    valid_to: endOf(versions, version),
    created_at: toIso(version.createdAt),
    ...contentOf(version),
  }))
  const newest = all.at(-1)
  const [first] = versions
  if (newest === undefined || first === undefined) throw new Error('There is no version to show.')
  return { id: first.id, ...newest, versions: all }
}

/** Where something stands in a list, the first made first. */
export const VersionedCursor = z.tuple([CursorNumber, CursorId])

/** How everything of one kind is listed. */
export function versionedSource<Of extends Version & { id: string }, Json>(
  list: (reader: Reader) => Promise<Map<string, Recorded<Of>[]>>,
  json: (versions: readonly Recorded<Of>[]) => Json,
) {
  const placeOf = ([first]: readonly Recorded<Of>[]): [number, string] => {
    if (first === undefined) throw new Error('There is no version to show.')
    return [first.createdAt, first.id]
  }
  return {
    rows: async (reader: Reader, page: { after: Cursor | undefined; take: number }) =>
      entriesAfter([...(await list(reader)).values()], placeOf, page),
    cursorOf: placeOf,
    json: async (_reader: Reader, things: (readonly Recorded<Of>[])[]) => things.map(json),
  }
}
