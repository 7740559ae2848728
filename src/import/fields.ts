import { z } from 'zod'
import { isId } from '../lib/ids.ts'
import { type Instant, parseIso } from '../lib/instant.ts'

/** What other systems' records are made of. Each complaint is the rest of a sentence that begins with the key's name. */

export const KnownId = z
  .string({ error: 'is missing' })
  .refine(isId, 'must be 1 to 32 characters of 0-9 and a-z, to stay part of an address')

/**
 * Reads a record. What its fields do not word themselves is worded here, for a person and not in a parser's words.
 * @throws ZodError
 */
export function parseRecord<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  return schema.parse(raw, {
    error: (issue) => {
      if (issue.input === undefined) return 'is missing'
      const type = issue.code === 'invalid_type' ? TYPES.get(issue.expected) : undefined
      return type === undefined ? 'is not what it should be' : `must be ${type}`
    },
  })
}

const TYPES = new Map<string, string>([
  ['object', 'an object'],
  ['array', 'a list'],
  ['string', 'a text'],
  ['number', 'a number'],
  ['int', 'a whole number'],
  ['boolean', 'true or false'],
])

/** A number that another system gives to a record, as a text; some write it as one. */
export const NumberKey = z
  .union([z.int(), z.string().regex(/^\d{1,18}$/, 'must be a number')], { error: 'must be a number' })
  .transform(String)

const NO_MOMENT = 'must be an instant such as 2026-11-13T14:30:00Z'

/** Before there were pages, and after all of us; a wrong year would make a history of a million months. */
const [EARLIEST, LATEST] = [Date.UTC(1990, 0, 1), Date.UTC(2200, 0, 1)]

/** An instant that a status page can have told, whatever way it was written. */
function plausible(at: Instant | undefined, context: z.RefinementCtx, complaint: string): Instant {
  if (at === undefined) context.addIssue(complaint)
  else if (at < EARLIEST || at >= LATEST) context.addIssue('is not between the years 1990 and 2200')
  return at ?? 0
}

export const Moment = z
  .string({ error: NO_MOMENT })
  .transform((text, context) => plausible(parseIso(text), context, NO_MOMENT))
export const OptionalMoment = Moment.nullish().transform((at) => at ?? null)

/** An instant, or the time that a clock in `zone` shows, such as `2026-11-13 20:00:00`. */
export function momentIn(zone: string) {
  return z
    .string({ error: NO_TIME })
    .transform((text, context) => plausible(parseIso(text) ?? parseLocal(text, zone), context, NO_TIME))
}

const NO_TIME = 'must be a time such as 2026-11-13 20:00:00'

function parseLocal(text: string, zone: string): Instant | undefined {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds
  } catch {
    // Temporal throws a RangeError for every text that is no time; the caller words the complaint.
    return undefined
  }
}

/** Neither engine's texts hold NUL, nor lone surrogates; stored otherwise, they would look changed the next time. */
const storable = (text: string) => text.toWellFormed().replaceAll('\u0000', '')

export const Name = z
  .string({ error: 'is missing' })
  .overwrite(storable)
  .trim()
  .min(1, 'is empty')
  .max(200, 'is longer than 200 characters')
export const Text = z
  .string({ error: 'must be a text' })
  .overwrite(storable)
  .max(100_000, 'is longer than 100,000 characters')
  .nullish()
  .transform((text) => text ?? '')
export const Description = z
  .string({ error: 'must be a text' })
  .overwrite(storable)
  .trim()
  .max(2_000, 'is longer than 2,000 characters')
  .nullish()
  .transform((text) => text || null)

/** One of these words, which the complaint names. */
export function oneOf<const Values extends readonly [string, ...string[]]>(values: Values) {
  return z.enum(values, {
    error: ({ input }) => {
      if (input === undefined) return 'is missing'
      const said = typeof input === 'string' ? `is “${input.slice(0, 100)}”, which is` : 'is'
      return `${said} none of ${values.join(', ')}`
    },
  })
}

/** A list that may be missing. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item, { error: 'must be a list' })
    .nullish()
    .transform((list) => list ?? [])
