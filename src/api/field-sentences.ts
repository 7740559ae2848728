import type { z } from '@hono/zod-openapi'

const KINDS: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

/** What is wrong with a field, for the person who wrote it; undefined where the schema has its own sentence. */
export const fieldSentence: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'This field is required.'
      return `This must be ${KINDS[issue.expected] ?? issue.expected}.`
    case 'invalid_value':
      return `This must be one of: ${issue.values.join(', ')}.`
    case 'too_big':
      return `This is too ${sizeWord(issue.origin, 'long', 'large')}: at most ${issue.maximum}${unit(issue.origin)}.`
    case 'too_small':
      return `This is too ${sizeWord(issue.origin, 'short', 'small')}: ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${unit(issue.origin)}.`
    case 'invalid_format':
      return issue.format === 'url'
        ? 'This is not an address that can be used here.'
        : 'This is not in the form that is asked for.'
    case 'invalid_key':
      return 'This name cannot be used here.'
    case 'unrecognized_keys':
      return 'There is no such field.'
    default:
      return 'This cannot be accepted.'
  }
}

function sizeWord(origin: string, ofLength: string, ofAmount: string): string {
  return origin === 'string' || origin === 'array' ? ofLength : ofAmount
}

function unit(origin: string): string {
  if (origin === 'string') return ' characters'
  return origin === 'array' ? ' entries' : ''
}
