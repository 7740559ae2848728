/** What a JSON value is made of: objects by their keys, in order, lists by what is in them, all else by a kind. */
export type Shape =
  | { kind: string; takes: (value: unknown) => boolean }
  | { keys: Record<string, Shape> }
  | { some: Record<string, Shape> }
  | { list: Shape }
  | { either: Shape[] }

const kind = (name: string, takes: (value: unknown) => boolean): Shape => ({ kind: name, takes })
export const matching = (name: string, pattern: RegExp) =>
  kind(name, (value) => typeof value === 'string' && pattern.test(value))

export const anything = kind('anything', () => true)
export const object = kind('an object', (value) => typeof value === 'object' && !Array.isArray(value))
export const text = kind('a text', (value) => typeof value === 'string')
export const yesOrNo = kind('true or false', (value) => typeof value === 'boolean')
export const number = kind('a number', (value) => typeof value === 'number')
export const whole = kind('a whole number', Number.isSafeInteger)
export const nothing = kind('null', (value) => value === null)
export const id = matching('an id', /^[0-9a-z]{1,32}$/)
export const date = matching('a date', /^\d{4}-\d\d-\d\d$/)
/** With milliseconds. */
export const utcInstant = matching('an instant in UTC', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
export const instant = matching('an instant', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)$/)
export const address = matching('an address', /^https?:\/\/[^/]+(\/\S+)?(?<!\/)$/)

export const keys = <Keys extends Record<string, Shape>>(keys: Keys) => ({ keys })
/** Any of these keys, in any order. */
export const some = <Keys extends Record<string, Shape>>(some: Keys) => ({ some })
export const listOf = (list: Shape): Shape => ({ list })
export const either = (...either: Shape[]): Shape => ({ either })
export const orNull = (shape: Shape): Shape => either(shape, nothing)
export const oneOf = (...words: string[]) =>
  kind(`one of ${words.join(', ')}`, (value) => typeof value === 'string' && words.includes(value))

/** Where a value is not of this shape, as sentences; none where it is. */
export function unlike(shape: Shape, value: unknown, at = 'it'): string[] {
  if ('either' in shape) {
    const complaints = shape.either.map((one) => unlike(one, value, at))
    return complaints.toSorted((a, b) => a.length - b.length)[0] ?? []
  }
  if ('kind' in shape) return shape.takes(value) ? [] : [`${at} is ${said(value)}, not ${shape.kind}`]
  if ('list' in shape) {
    if (!Array.isArray(value)) return [`${at} is ${said(value)}, not a list`]
    return value.flatMap((one, index) => unlike(shape.list, one, `${at}[${index}]`))
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [`${at} is ${said(value)}, not an object`]
  const known = new Map(Object.entries('some' in shape ? shape.some : shape.keys))
  const own = Object.keys(value).filter((key) => !('some' in shape && known.has(key)))
  const expected = 'some' in shape ? [] : [...known.keys()]
  return [
    ...(own.join() === expected.join() ? [] : [`${at} has the keys ${own}, not ${expected}`]),
    ...Object.entries(value).flatMap(([key, one]) => {
      const of = known.get(key)
      return of === undefined ? [] : unlike(of, one, `${at}.${key}`)
    }),
  ]
}

/** The shape in words, to compare two. */
export function wordsOf(shape: Shape): string {
  if ('kind' in shape) return shape.kind
  if ('list' in shape) return `a list of ${wordsOf(shape.list)}`
  if ('either' in shape) return shape.either.map(wordsOf).join(' or ')
  return `{${Object.entries('some' in shape ? shape.some : shape.keys).map(([key, one]) => `${key}: ${wordsOf(one)}`)}}`
}

function said(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value).slice(0, 100)
}
