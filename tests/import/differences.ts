import type { Json } from '../api/admin/client.ts'

/**
 * Both values where two documents say another thing, by path; things of a list are told apart by their ids. Where a list
 * has its things in another order, `(order)` is the end of its path.
 */
export function differencesOf(theirs: Json, ours: Json): Map<string, [theirs: Json, ours: Json][]> {
  const found = new Map<string, [Json, Json][]>()
  const tell = (at: string, one: Json, other: Json) => found.set(at, [...(found.get(at) ?? []), [one, other]])
  const compare = (at: string, one: Json, other: Json) => {
    if (one === other) return
    const [lists, objects] = [Array.isArray(one) && Array.isArray(other), isObject(one) && isObject(other)]
    if ((!lists && !objects) || (lists && one.length !== other.length)) tell(at, one, other)
    if (lists) {
      const [known, own] = [idsBoth(one, other), idsBoth(other, one)]
      if (known.join() !== own.join()) tell(`${at} (order)`, known, own)
      for (const [index, part] of one.entries()) compare(at, part, other.find(sameAs(part)) ?? other[index])
    } else if (objects)
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
        compare(at === '' ? key : `${at}.${key}`, one[key], other[key])
  }
  compare('', theirs, ours)
  return found
}

function isObject(value: Json): boolean {
  return typeof value === 'object' && value !== null
}

/** The ids in one list that are in the other one as well, in its order. */
function idsBoth(list: Json[], other: Json[]): string[] {
  return list.flatMap((part) => (other.some(sameAs(part)) ? (part.id ?? part.code) : []))
}

function sameAs(part: Json): (other: Json) => boolean {
  const id = part?.id ?? part?.code
  return (other) => id !== undefined && id === (other?.id ?? other?.code)
}
