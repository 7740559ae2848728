import { randomInt } from 'node:crypto'

declare const kind: unique symbol

/** An identifier of one kind of thing: 12 characters of `0-9a-z`, as imported pages have them. It never changes. */
export type Id<Kind extends string> = string & { readonly [kind]?: Kind }

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz'

/** A new random id: 36^12, about 2^62 possibilities. */
export function newId<Kind extends string>(): Id<Kind> {
  let id = ''
  for (let index = 0; index < 12; index += 1) id += ALPHABET[randomInt(ALPHABET.length)]
  return id
}

/** Whether a text has the shape of an id; anything else in a URL is "not there" without asking the database. */
export function isId(text: string): boolean {
  return /^[0-9a-z]{1,32}$/.test(text)
}
