import type { z } from 'zod'

/** The keys of the record that is being read and whose values are left out, while somebody wants to know. */
let noted: Set<string> | undefined

/**
 * Reads a record, and tells what of it was left out while the rest was taken. Reading waits for nothing, so that no two
 * records are read at once.
 */
export function noteLeftOut<Result>(read: () => Result): { result: Result; leftOut: string[] } {
  const keys = new Set<string>()
  noted = keys
  try {
    return { result: read(), leftOut: [...keys] }
  } finally {
    noted = undefined
  }
}

/** Notes that the value of this key is not taken. */
export function leaveOut(key: string): void {
  noted?.add(key)
}

/** What the schema makes of a value; for one that it does not take the fallback, and a note. Null says nothing. */
export function lenient<Schema extends z.ZodType>(
  key: string,
  schema: Schema,
  fallback: z.output<Schema>,
): z.ZodCatch<Schema> {
  return schema.catch(({ value }) => {
    if (value !== undefined && value !== null) leaveOut(key)
    return fallback as never
  })
}

const IDS_TOLD = 5

/** What was left out of which records, as sentences. */
export function leftOutSentences(
  readings: Record<string, readonly { id: string; leftOut?: string[] }[]>,
): string[] {
  return Object.entries(readings).flatMap(([kind, ofKind]) => {
    const idsByKey = new Map<string, string[]>()
    for (const { id, leftOut = [] } of ofKind)
      for (const key of leftOut) idsByKey.set(key, [...(idsByKey.get(key) ?? []), id])
    return [...idsByKey].map(([key, ids]) => {
      const others = ids.length > IDS_TOLD ? ` and ${ids.length - IDS_TOLD} more` : ''
      const told = `${ids.slice(0, IDS_TOLD).join(', ')}${others}`
      return `Not understood and left out: “${key}” of ${kind} ${told}.`
    })
  })
}
