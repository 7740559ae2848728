import qs from 'qs'
import { z } from 'zod'
import { DomainError } from '../../errors.ts'
import { assertNoErrors, parsePart } from '../input.ts'
import { readText } from '../read-body.ts'
import { parseStrictJson } from '../strict-json.ts'

/** What a body is about, and what may be in it. */
export interface FieldsOf<Fields extends z.ZodType = z.ZodType> {
  /** The name around the fields: `{"incident": {"name": …}}`, or `incident[name]=…` in a form. */
  wrapper: string
  fields: Fields
  /** Fields that an empty text or null takes away; any other one is then as if it had not been sent. */
  clearable?: readonly string[]
}

/** More than any honest form has; what is beyond is refused. */
const FORM_LIMITS = {
  depth: 8,
  strictDepth: true,
  arrayLimit: 1_000,
  parameterLimit: 2_000,
  throwOnLimitExceeded: true,
}

/**
 * The fields of a body, JSON or form, which may stand beside their wrapper as well as inside: both are in use.
 * @throws DomainError `malformed`, `too-large`, `invalid` naming every wrong field
 */
export async function readFields<Fields extends z.ZodType>(
  request: Request,
  { wrapper, fields, clearable = [] }: FieldsOf<Fields>,
): Promise<{ fields: z.output<Fields>; sent: unknown }> {
  const sent = await readSent(request)
  const { [wrapper]: inner = {}, ...beside } = object(sent)
  return { fields: checked(fields, saidFields({ ...beside, ...object(inner) }, clearable)), sent }
}

/**
 * A value that is as its schema wants it, for instance what a domain function takes, put together from fields.
 * @throws DomainError `invalid` naming every wrong field
 */
export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const { data, errors } = parsePart(schema, value, 'body')
  assertNoErrors(errors)
  // Without errors there is data.
  return data as z.output<Schema>
}

async function readSent(request: Request): Promise<unknown> {
  const type = request.headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase()
  const text = await readText(request)
  if (text.trim() === '') return {}
  if (type === 'application/x-www-form-urlencoded') return parseForm(text)
  // Some clients send JSON and do not say so.
  if (type === undefined || type === 'application/json') return parseStrictJson(text)
  throw new DomainError('malformed', 'Send the body as JSON or as a form, and say which in Content-Type.')
}

function parseForm(text: string): unknown {
  try {
    // Through JSON, so that both kinds of body meet the same checks.
    return parseStrictJson(JSON.stringify(qs.parse(text, FORM_LIMITS)))
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new DomainError('malformed', 'The form has too many fields, or they nest too deeply.')
  }
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new DomainError('malformed', 'The body is not an object with fields.')
}

/** Typed clients send every field that they know, empty where nothing was said. */
function saidFields(all: Record<string, unknown>, clearable: readonly string[]): Record<string, unknown> {
  const said = Object.entries(all).map(([name, value]) => [name, value === '' ? null : value] as const)
  return Object.fromEntries(said.filter(([name, value]) => value !== null || clearable.includes(name)))
}

/** A number, as JSON and as forms write it. */
export const WholeNumber = z.preprocess(
  (value) => (typeof value === 'string' ? Number(value) : value),
  z.number('This must be a whole number.'),
)

/** True or false, as JSON and as forms write it. */
export const Flag = z.preprocess(
  (value) => (typeof value === 'object' ? value : (FLAGS.get(String(value)) ?? value)),
  z.boolean('This must be true or false.'),
)
const FLAGS = new Map([
  ['true', true],
  ['t', true],
  ['1', true],
  ['false', false],
  ['f', false],
  ['0', false],
])
