// biome-ignore lint/suspicious/noExplicitAny: any part of any JSON
type Json = any

/** Both values where two documents say another thing, by path; things of a list are told apart by their ids. */
export function differencesOf(theirs: Json, ours: Json): Map<string, [theirs: Json, ours: Json][]> {
  const found = new Map<string, [Json, Json][]>()
  const compare = (at: string, one: Json, other: Json) => {
    if (one === other) return
    const [lists, objects] = [Array.isArray(one) && Array.isArray(other), isObject(one) && isObject(other)]
    if ((!lists && !objects) || (lists && one.length !== other.length))
      found.set(at, [...(found.get(at) ?? []), [one, other]])
    if (lists)
      for (const [index, part] of one.entries()) compare(at, part, other.find(sameAs(part)) ?? other[index])
    else if (objects)
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
        compare(at === '' ? key : `${at}.${key}`, one[key], other[key])
  }
  compare('', theirs, ours)
  return found
}

function isObject(value: Json): boolean {
  return typeof value === 'object' && value !== null
}

function sameAs(part: Json): (other: Json) => boolean {
  const id = part?.id ?? part?.code
  return (other) => id !== undefined && id === (other?.id ?? other?.code)
}
