import { DomainError, type FieldError } from '../errors.ts'
import { pointerTo } from './pointer.ts'

/** Deeper than this no honest request nests. */
const MAX_DEPTH = 32
/** Names that mean something to the language itself. */
const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * Parses JSON from strangers: what two parsers could read differently, or what a database cannot store, is refused.
 * The structure is walked before anything is built, so that depth costs nothing.
 * @throws DomainError `malformed` for bad JSON, depth, repeated or forbidden names; `invalid` for texts and numbers
 * that cannot be stored
 */
export function parseStrictJson(text: string): unknown {
  assertStructure(text)
  const value = parse(text)
  const fields = findUnstorable(value, [])
  if (fields.length > 0) {
    throw new DomainError('invalid', 'The body holds something that cannot be stored.', { fields })
  }
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own complaint quotes the text; that is not for an answer.
    throw malformed('The body is not JSON.')
  }
}

/** Takes a string without its end too: a pattern that cannot fail never looks at a character twice. */
const TOKEN = /"(?:[^"\\]|\\.?)*"?|[[\]{}]/gs

/** Walks brackets and strings only; whatever else is wrong, `JSON.parse` finds. */
function assertStructure(text: string): void {
  const stack: (Set<string> | null)[] = []
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') {
      if (stack.push(token === '{' ? new Set() : null) > MAX_DEPTH) {
        throw malformed(`The body nests deeper than ${MAX_DEPTH} levels.`)
      }
    } else if (token === '}' || token === ']') {
      stack.pop()
    } else {
      const names = stack.at(-1)
      if (names && isName(text, index + token.length)) assertName(names, token)
    }
  }
}

/** A string with a colon behind it is a name. */
function isName(text: string, end: number): boolean {
  let at = end
  while (/\s/.test(text[at] ?? '')) at += 1
  return text[at] === ':'
}

function assertName(names: Set<string>, token: string): void {
  // Parsed, because a name can be spelt with escapes.
  const name = String(parse(token))
  if (FORBIDDEN_KEYS.has(name)) throw malformed(`The body has a field named ${name}, which is not allowed.`)
  if (names.has(name)) throw malformed('The body has the same field twice in one object.')
  names.add(name)
}

/** PostgreSQL cannot store NUL, no UTF-8 can hold half a surrogate pair, and 1e400 is no number any more. */
function findUnstorable(value: unknown, path: PropertyKey[]): FieldError[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [unstorable(path)]
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return []
    return [{ pointer: pointerTo(path), message: 'This number is too large.' }]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    isStorable(name) ? findUnstorable(inner, [...path, name]) : [unstorable(path)],
  )
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed()
}

function unstorable(path: PropertyKey[]): FieldError {
  return { pointer: pointerTo(path), message: 'This text holds a character that cannot be stored.' }
}

function malformed(sentence: string): DomainError {
  return new DomainError('malformed', sentence)
}
