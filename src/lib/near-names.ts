import { distance } from 'fastest-levenshtein'

/**
 * Which of these names somebody may have meant who wrote another one: the same letters in another spelling, the
 * beginning of a longer name, or a slip of the fingers. Empty where the name is one of them.
 */
export function nearNames(name: string, known: readonly string[]): string[] {
  if (known.includes(name)) return []
  const written = folded(name)
  return [...new Set(known)].filter((other) => isNear(written, folded(other)))
}

/** A name without what spellings differ in: case, accents, spaces and signs. */
function folded(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '')
}

function isNear(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short === long) return true
  // Of three letters any is near to any.
  if (short.length < 4) return false
  return long.startsWith(short) || distance(one, other) <= (short.length < 8 ? 1 : 2)
}
